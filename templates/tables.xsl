<?xml version="1.0" encoding="UTF-8"?>
<!-- tables.xsl - components of table, view and type pages. -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform">

<!-- Neighbours -->

<xsl:template match="diagram">
  <div class="er-wrap fit" tabindex="0" role="region" aria-label="{../@title}: diagram, scrolls sideways"><xsl:copy-of select="*"/></div>
  <xsl:if test="not(@arrows)"><xsl:call-template name="legend"/></xsl:if>
</xsl:template>

<xsl:template name="legend">
  <div class="legend" aria-hidden="true">
    <span class="er-key"><svg width="14" height="12"><circle cx="4" cy="6" r="2.6"/><path d="M6.6 6H13M11 6v2.6"/></svg>primary key</span>
    <span class="er-fk"><svg width="12" height="12"><path d="M2 9.5 9 2.8M4.6 2.6H9.2V7.2"/></svg>foreign key</span>
    <span><svg width="30" height="12"><path d="M0 0 12 6 0 12M0 6h30"/><circle cx="15.5" cy="6" r="3.5"/></svg>zero or more</span>
    <span><svg width="24" height="12"><path d="M0 6h24M17 1v10M13 1v10"/></svg>exactly one</span>
    <span><svg width="24" height="12"><path d="M0 6h6M13 6h11M17 1v10"/><circle cx="9.5" cy="6" r="3.5"/></svg>none or one</span>
  </div>
</xsl:template>

<xsl:template match="twin">
  <details class="alt">
    <summary>The same as text</summary>
    <ul>
      <xsl:for-each select="relation">
        <li>
          <a href="{child/@href}"><xsl:value-of select="child"/></a>
          <xsl:text> (</xsl:text><span class="mono"><xsl:value-of select="@columns"/></span><xsl:text>) points to </xsl:text>
          <xsl:value-of select="@count"/>
          <xsl:text> </xsl:text>
          <a href="{parent/@href}"><xsl:value-of select="parent"/></a>
          <xsl:if test="@unique">, at most one row for each</xsl:if>
          <xsl:text>. On delete: </xsl:text><xsl:value-of select="@delete"/><xsl:text>.</xsl:text>
        </li>
      </xsl:for-each>
    </ul>
  </details>
</xsl:template>

<!-- Columns -->

<xsl:template match="columns">
  <div class="scroll">
    <table class="dt cardy" role="table">
      <thead role="rowgroup">
        <tr role="row">
          <th role="columnheader" scope="col">Column</th>
          <th role="columnheader" scope="col">Type</th>
          <xsl:if test="@nullable">
            <th role="columnheader" scope="col">Null</th>
            <th role="columnheader" scope="col">Default</th>
          </xsl:if>
          <th role="columnheader" scope="col" class="wide-col">Meaning</th>
        </tr>
      </thead>
      <tbody role="rowgroup"><xsl:apply-templates select="column"/></tbody>
    </table>
  </div>
</xsl:template>

<xsl:template match="columns/column">
  <tr id="{@id}" role="row">
    <th scope="row" role="rowheader">
      <a class="colname mono" href="#{@id}"><xsl:value-of select="@name"/><xsl:call-template name="key-signs"/></a>
    </th>
    <td role="cell" class="mono nowrap">
      <xsl:copy-of select="type/@title"/>
      <xsl:choose>
        <xsl:when test="type/@href"><a href="{type/@href}"><xsl:value-of select="type"/></a></xsl:when>
        <xsl:otherwise><xsl:value-of select="type"/></xsl:otherwise>
      </xsl:choose>
      <xsl:for-each select="field"><xsl:text> </xsl:text><span class="sub"><xsl:value-of select="."/></span></xsl:for-each>
    </td>
    <xsl:if test="../@nullable">
      <td role="cell" data-l="Null">
        <xsl:choose>
          <xsl:when test="@null = 'yes'">yes</xsl:when>
          <xsl:otherwise><span class="muted">no</span></xsl:otherwise>
        </xsl:choose>
      </td>
      <td role="cell" data-l="Default">
        <xsl:if test="not(default/node()) and not(default/@word)"><xsl:attribute name="class">nil</xsl:attribute></xsl:if>
        <xsl:choose>
          <xsl:when test="default/@word"><span class="muted"><xsl:copy-of select="default/@title"/><xsl:value-of select="default/@word"/></span></xsl:when>
          <xsl:when test="default/node()"><code class="mono"><xsl:copy-of select="default/@title"/><xsl:value-of select="default"/></code></xsl:when>
        </xsl:choose>
      </td>
    </xsl:if>
    <td role="cell">
      <xsl:attribute name="class">full<xsl:if test="not(words or target or expression or collation or badge or drop or decided or asked)"> nil</xsl:if></xsl:attribute>
      <xsl:apply-templates select="words"/>
      <xsl:apply-templates select="decided"/>
      <xsl:if test="badge"><span class="badges"><xsl:apply-templates select="badge"/></span></xsl:if>
      <xsl:for-each select="target">
        <span class="sub">
          <xsl:text>Points to </xsl:text>
          <xsl:choose>
            <xsl:when test="@href"><a href="{@href}"><xsl:value-of select="."/></a></xsl:when>
            <xsl:otherwise><xsl:value-of select="."/></xsl:otherwise>
          </xsl:choose>
          <xsl:if test="@partitions"> in <xsl:value-of select="@partitions"/><xsl:choose><xsl:when test="@partitions = 1"> partition</xsl:when><xsl:otherwise> partitions</xsl:otherwise></xsl:choose></xsl:if>
          <xsl:text>. On delete: </xsl:text><xsl:value-of select="@delete"/><xsl:text>.</xsl:text>
        </span>
      </xsl:for-each>
      <xsl:if test="expression"><span class="sub mono"><xsl:value-of select="expression"/></span></xsl:if>
      <xsl:if test="collation"><span class="sub">Collation <span class="mono"><xsl:value-of select="collation"/></span></span></xsl:if>
      <xsl:if test="asked">
        <span class="sub">
          <xsl:text>Queries: </xsl:text>
          <xsl:for-each select="asked"><xsl:if test="position() &gt; 1">, </xsl:if><a href="{@href}"><xsl:value-of select="."/></a></xsl:for-each>
          <xsl:if test="@more"> and <a href="#queries"><xsl:value-of select="@more"/> more</a></xsl:if>
        </span>
      </xsl:if>
      <xsl:apply-templates select="drop"/>
    </td>
  </tr>
</xsl:template>

<xsl:template match="drop">
  <details class="alt">
    <summary>Used by <xsl:value-of select="@count"/></summary>
    <xsl:for-each select="fate">
      <p class="sub"><xsl:value-of select="@words"/></p>
      <ul>
        <xsl:for-each select="user">
          <li>
            <xsl:value-of select="@word"/><xsl:text> </xsl:text>
            <xsl:choose>
              <xsl:when test="@href"><a class="mono" href="{@href}"><xsl:value-of select="."/></a></xsl:when>
              <xsl:otherwise><span class="mono"><xsl:value-of select="."/></span></xsl:otherwise>
            </xsl:choose>
          </li>
        </xsl:for-each>
      </ul>
    </xsl:for-each>
  </details>
</xsl:template>

<!-- Constraints -->

<xsl:template name="support">
  <xsl:choose>
    <xsl:when test="support">
      <span class="c-ok"><xsl:call-template name="icon"><xsl:with-param name="name" select="'ok'"/></xsl:call-template></span>
      <xsl:text> </xsl:text>
      <xsl:if test="self::constraint">backed by </xsl:if>
      <a class="mono" href="{support/@href}"><xsl:value-of select="support"/></a>
    </xsl:when>
    <xsl:otherwise>
      <span class="c-warn"><xsl:call-template name="icon"><xsl:with-param name="name" select="'warn'"/></xsl:call-template></span>
      <xsl:text> no index, reads the whole table</xsl:text>
    </xsl:otherwise>
  </xsl:choose>
</xsl:template>

<xsl:template match="constraints">
  <div class="scroll">
    <table class="dt cardy" role="table">
      <thead role="rowgroup">
        <tr role="row">
          <th role="columnheader" scope="col">Name</th>
          <th role="columnheader" scope="col">Kind</th>
          <th role="columnheader" scope="col" class="wide-col">Rule</th>
        </tr>
      </thead>
      <tbody role="rowgroup"><xsl:apply-templates select="constraint"/></tbody>
    </table>
  </div>
</xsl:template>

<xsl:template match="constraints/constraint">
  <tr id="{@id}" role="row">
    <th scope="row" role="rowheader" class="mono full"><a class="colname" href="#{@id}"><xsl:value-of select="@name"/></a></th>
    <td role="cell" data-l="Kind" class="nowrap"><xsl:value-of select="@kind"/></td>
    <td role="cell" class="full">
      <xsl:choose>
        <xsl:when test="target">
          <span class="mono"><xsl:value-of select="columns"/></span>
          <xsl:text> → </xsl:text>
          <xsl:choose>
            <xsl:when test="target/@href"><a class="mono" href="{target/@href}"><xsl:value-of select="target"/></a></xsl:when>
            <xsl:otherwise><span class="mono"><xsl:value-of select="target"/></span></xsl:otherwise>
          </xsl:choose>
          <xsl:text>, on delete: </xsl:text><xsl:value-of select="@delete"/>
          <xsl:if test="@update">, on update: <xsl:value-of select="@update"/></xsl:if>
          <span class="sub"><xsl:call-template name="support"/></span>
        </xsl:when>
        <xsl:otherwise><span class="mono"><xsl:value-of select="rule"/></span></xsl:otherwise>
      </xsl:choose>
      <xsl:if test="index and index != @name"><span class="sub">kept by <a class="mono" href="{index/@href}"><xsl:value-of select="index"/></a></span></xsl:if>
      <xsl:if test="badge"><span class="sub badges"><xsl:apply-templates select="badge"/></span></xsl:if>
      <xsl:apply-templates select="words"/>
      <xsl:apply-templates select="decided"/>
    </td>
  </tr>
</xsl:template>

<xsl:template match="references">
  <div class="scroll">
    <table class="dt cardy" role="table">
      <thead role="rowgroup">
        <tr role="row">
          <th role="columnheader" scope="col">Column</th>
          <th role="columnheader" scope="col">When a row here is deleted</th>
          <th role="columnheader" scope="col">Index that finds the rows</th>
        </tr>
      </thead>
      <tbody role="rowgroup">
        <xsl:for-each select="reference">
          <tr role="row">
            <th scope="row" role="rowheader" class="full"><a class="mono" href="{name/@href}"><xsl:value-of select="name"/></a></th>
            <td role="cell" data-l="When a row here is deleted"><xsl:value-of select="@delete"/></td>
            <td role="cell" class="full"><xsl:call-template name="support"/></td>
          </tr>
        </xsl:for-each>
      </tbody>
    </table>
  </div>
</xsl:template>

<!-- Schema modules -->

<xsl:template match="modules"><div class="stack"><xsl:apply-templates select="module"/></div></xsl:template>

<xsl:template match="module">
  <div class="stack">
    <h3><span class="mono"><xsl:call-template name="breakable"><xsl:with-param name="text" select="@name"/></xsl:call-template></span></h3>
    <p class="small muted">
      <span class="mono"><xsl:call-template name="breakable"><xsl:with-param name="text" select="@place"/></xsl:call-template></span>
      <xsl:if test="@incomplete">
        <xsl:text>. Not all of its fields are known, because of </xsl:text>
        <code><xsl:value-of select="@incomplete"/></code>
        <xsl:text>: nothing is concluded from what is absent.</xsl:text>
      </xsl:if>
    </p>
    <xsl:if test="entry">
      <div class="scroll">
        <table class="dt cardy" role="table">
          <thead role="rowgroup">
            <tr role="row">
              <th role="columnheader" scope="col">In the code</th>
              <th role="columnheader" scope="col">In the database</th>
              <th role="columnheader" scope="col">Where</th>
            </tr>
          </thead>
          <tbody role="rowgroup"><xsl:apply-templates select="entry"/></tbody>
        </table>
      </div>
    </xsl:if>
  </div>
</xsl:template>

<xsl:template match="module/entry">
  <tr role="row">
    <th scope="row" role="rowheader" class="full"><span class="muted"><xsl:value-of select="@word"/></span><xsl:text> </xsl:text><span class="mono"><xsl:call-template name="breakable"><xsl:with-param name="text" select="@name"/></xsl:call-template></span></th>
    <td role="cell" data-l="In the database">
      <xsl:if test="@missing or @unsupported">
        <span class="c-warn"><xsl:call-template name="icon"><xsl:with-param name="name" select="'warn'"/></xsl:call-template></span>
        <xsl:text> </xsl:text>
      </xsl:if>
      <xsl:if test="meets"><a class="mono" href="{meets/@href}"><xsl:call-template name="breakable"><xsl:with-param name="text" select="meets"/></xsl:call-template></a></xsl:if>
      <xsl:if test="@unsupported">, no foreign key</xsl:if>
      <xsl:if test="@missing">nothing is called <span class="mono"><xsl:call-template name="breakable"><xsl:with-param name="text" select="@missing"/></xsl:call-template></span></xsl:if>
      <xsl:value-of select="@note"/>
    </td>
    <td role="cell" data-l="Where" class="mono"><xsl:call-template name="breakable"><xsl:with-param name="text" select="@place"/></xsl:call-template></td>
  </tr>
</xsl:template>

<!-- Who is told of a change -->

<xsl:template match="told">
  <div class="scroll">
    <table class="dt cardy" role="table">
      <thead role="rowgroup">
        <tr role="row">
          <th role="columnheader" scope="col">Told by</th>
          <th role="columnheader" scope="col">Of</th>
          <th role="columnheader" scope="col" class="wide-col">What</th>
        </tr>
      </thead>
      <tbody role="rowgroup">
        <xsl:for-each select="teller">
          <tr role="row">
            <th scope="row" role="rowheader" class="full"><span class="muted"><xsl:value-of select="@word"/></span><xsl:text> </xsl:text><a class="mono" href="{name/@href}"><xsl:value-of select="name"/></a></th>
            <td role="cell" data-l="Of"><xsl:value-of select="@events"/></td>
            <td role="cell" class="full"><xsl:value-of select="@what"/><xsl:if test="summary"><span class="sub"><xsl:apply-templates select="summary"/></span></xsl:if></td>
          </tr>
        </xsl:for-each>
      </tbody>
    </table>
  </div>
</xsl:template>

<!-- Triggers, policies and rules; objects of a family of rare kinds -->

<xsl:template match="triggers | objects"><div class="two"><xsl:apply-templates/></div></xsl:template>

<xsl:template match="trigger | policy | object">
  <div id="{@id}" class="stack">
    <h3>
      <span class="mono"><xsl:value-of select="@name"/></span>
      <xsl:if test="badge"><xsl:text> </xsl:text><xsl:apply-templates select="badge"/></xsl:if>
    </h3>
    <xsl:if test="words"><div class="small prose"><xsl:apply-templates select="words"/></div></xsl:if>
    <xsl:apply-templates select="decided"/>
    <xsl:apply-templates select="code"/>
    <xsl:apply-templates select="options"/>
    <xsl:if test="function">
      <p class="small muted">Calls <a class="mono" href="{function/@href}"><xsl:value-of select="function"/></a>.</p>
    </xsl:if>
  </div>
</xsl:template>

<!-- Storage -->

<xsl:template match="bars">
  <div class="cost">
    <xsl:for-each select="bar">
      <span><xsl:value-of select="@label"/></span>
      <svg class="bar" aria-hidden="true">
        <rect width="100%" height="100%" rx="3"/>
        <rect width="{@percent}" height="100%" rx="3">
          <xsl:attribute name="class"><xsl:choose><xsl:when test="position() = 1">v</xsl:when><xsl:otherwise>v2</xsl:otherwise></xsl:choose></xsl:attribute>
        </rect>
      </svg>
      <span class="num"><xsl:value-of select="@text"/></span>
    </xsl:for-each>
  </div>
</xsl:template>

<xsl:template match="options">
  <table class="dt kv">
    <tbody>
      <xsl:for-each select="option">
        <tr>
          <th scope="row"><xsl:value-of select="@label"/></th>
          <td>
            <xsl:choose>
              <xsl:when test="@href"><a class="mono" href="{@href}"><xsl:value-of select="."/></a></xsl:when>
              <xsl:when test="@label = 'Unlogged'"><xsl:value-of select="."/></xsl:when>
              <xsl:otherwise><span class="mono"><xsl:value-of select="."/></span></xsl:otherwise>
            </xsl:choose>
          </td>
        </tr>
      </xsl:for-each>
    </tbody>
  </table>
</xsl:template>

<xsl:template match="partitions">
  <div class="scroll">
    <table class="dt cardy" role="table">
      <thead role="rowgroup">
        <tr role="row">
          <th role="columnheader" scope="col">Partition</th>
          <th role="columnheader" scope="col">Holds</th>
          <xsl:if test="@observed">
            <th role="columnheader" scope="col" class="r">Rows</th>
            <th role="columnheader" scope="col" class="r">Size</th>
          </xsl:if>
        </tr>
      </thead>
      <tbody role="rowgroup"><xsl:apply-templates select="partition"/></tbody>
    </table>
  </div>
</xsl:template>

<xsl:template match="partition">
  <tr id="{@id}" role="row">
    <th scope="row" role="rowheader" class="full">
      <a class="colname mono" href="#{@id}">
        <xsl:if test="@depth > 0"><span class="muted">↳</span></xsl:if>
        <xsl:value-of select="@name"/>
      </a>
      <xsl:if test="key"><span class="sub">partitioned by <span class="mono"><xsl:value-of select="key"/></span></span></xsl:if>
    </th>
    <td role="cell" class="full">
      <span class="mono"><xsl:value-of select="bound"/></span>
      <xsl:if test="summary"><span class="sub"><xsl:apply-templates select="summary"/></span></xsl:if>
    </td>
    <xsl:if test="../@observed">
      <td role="cell" data-l="Rows" class="num r"><xsl:value-of select="value[1]"/></td>
      <td role="cell" data-l="Size" class="num r"><xsl:value-of select="value[2]"/></td>
    </xsl:if>
  </tr>
</xsl:template>

<xsl:template match="alike">
  <details class="alt">
    <summary><xsl:value-of select="@title"/></summary>
    <ul>
      <xsl:for-each select="schema">
        <li><span class="mono"><xsl:value-of select="@name"/></span><xsl:if test="comment">: <xsl:value-of select="comment"/></xsl:if></li>
      </xsl:for-each>
    </ul>
  </details>
</xsl:template>

</xsl:stylesheet>
