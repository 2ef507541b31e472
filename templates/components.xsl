<?xml version="1.0" encoding="UTF-8"?>
<!-- components.xsl - what sections hold: words, code, findings, tiles, cards, lists. -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform">

<!-- What people wrote -->

<xsl:template match="prose">
  <div class="prose">
    <xsl:for-each select="words">
      <xsl:copy-of select="node()"/>
      <xsl:if test="@origin"><p class="source"><xsl:call-template name="origin"/></p></xsl:if>
    </xsl:for-each>
  </div>
</xsl:template>

<!-- In place, a comment of the database needs no word about where it comes from. -->
<xsl:template match="words">
  <xsl:copy-of select="node()"/>
  <xsl:if test="@facts"><p class="source"><xsl:value-of select="@facts"/></p></xsl:if>
  <xsl:if test="@file"><p class="source"><xsl:call-template name="origin"/></p></xsl:if>
</xsl:template>

<!-- Where words come from, and who wrote them -->
<xsl:template name="origin">
  <xsl:choose>
    <xsl:when test="@file">From <span class="mono"><xsl:value-of select="@file"/><xsl:if test="@line">:<xsl:value-of select="@line"/></xsl:if></span></xsl:when>
    <xsl:otherwise>From the comment in the database</xsl:otherwise>
  </xsl:choose>
  <xsl:if test="@by">, <xsl:value-of select="@date"/> by <xsl:value-of select="@by"/></xsl:if>
  <xsl:if test="@owner">. Owner: <xsl:value-of select="@owner"/></xsl:if>
</xsl:template>

<xsl:template match="decided">
  <span class="sub">Decided (<xsl:value-of select="@when"/>): <a href="{@href}"><xsl:value-of select="."/></a></span>
</xsl:template>

<xsl:template match="summary"><xsl:copy-of select="node()"/></xsl:template>

<xsl:template match="c"><code><xsl:value-of select="."/></code></xsl:template>

<!-- Code -->

<xsl:template name="copy-button">
  <button type="button" class="copy js-only">
    <xsl:call-template name="icon"><xsl:with-param name="name" select="'copy'"/></xsl:call-template>
    <span>Copy</span>
  </button>
</xsl:template>

<xsl:template match="code">
  <xsl:choose>
    <xsl:when test="@caption">
      <figure class="code">
        <xsl:if test="parent::stack"><xsl:attribute name="class">code wrap</xsl:attribute></xsl:if>
        <figcaption><span><xsl:value-of select="@caption"/></span><xsl:call-template name="copy-button"/></figcaption>
        <pre tabindex="0"><code><xsl:copy-of select="node()"/></code></pre>
      </figure>
    </xsl:when>
    <xsl:otherwise>
      <div class="code bare">
        <xsl:call-template name="copy-button"/>
        <pre tabindex="0"><code><xsl:copy-of select="node()"/></code></pre>
      </div>
    </xsl:otherwise>
  </xsl:choose>
</xsl:template>

<!-- Findings -->

<xsl:template name="severity">
  <span class="sr">
    <xsl:choose>
      <xsl:when test="@severity = 'error'">Error: </xsl:when>
      <xsl:when test="@severity = 'warning'">Warning: </xsl:when>
      <xsl:otherwise>Note: </xsl:otherwise>
    </xsl:choose>
  </span>
</xsl:template>

<xsl:template name="finding-title">
  <xsl:choose>
    <xsl:when test="@href"><a href="{@href}"><xsl:apply-templates select="title"/></a></xsl:when>
    <xsl:otherwise><xsl:apply-templates select="title"/></xsl:otherwise>
  </xsl:choose>
</xsl:template>

<xsl:template match="row/title | flag/title | evidence/value | advice | detail | t"><xsl:apply-templates/></xsl:template>

<xsl:template match="flags">
  <ul class="flags" aria-label="Findings">
    <xsl:for-each select="flag[position() &lt;= 8]">
      <li>
        <xsl:call-template name="icon">
          <xsl:with-param name="name" select="@tone"/>
          <xsl:with-param name="class" select="concat('c-', @tone)"/>
        </xsl:call-template>
        <span>
          <xsl:call-template name="severity"/>
          <a href="#findings"><xsl:apply-templates select="title"/></a>
          <xsl:if test="@alike">, and <xsl:value-of select="@alike"/> more like it</xsl:if>
        </span>
      </li>
    </xsl:for-each>
    <xsl:if test="count(flag) > 8">
      <li><span class="sp"></span><a href="#findings">and <xsl:value-of select="count(flag) - 8"/> more</a></li>
    </xsl:if>
  </ul>
</xsl:template>

<xsl:template match="rows">
  <ul class="rows"><xsl:apply-templates select="row"/></ul>
</xsl:template>

<xsl:template match="rows/row">
  <li>
    <xsl:call-template name="icon">
      <xsl:with-param name="name" select="@tone"/>
      <xsl:with-param name="class" select="concat('c-', @tone)"/>
    </xsl:call-template>
    <div>
      <h3>
        <xsl:if test="not(@accepted)"><xsl:call-template name="severity"/></xsl:if>
        <xsl:call-template name="finding-title"/>
      </h3>
      <xsl:if test="detail"><p><xsl:apply-templates select="detail"/></p></xsl:if>
      <xsl:if test="@accepted">
        <p>“<xsl:value-of select="@accepted"/>”<xsl:if test="@until"> (until <xsl:value-of select="@until"/>)</xsl:if></p>
      </xsl:if>
      <xsl:if test="advice or @rule or @file">
        <span class="sub">
          <xsl:apply-templates select="advice"/>
          <xsl:text> </xsl:text>
          <xsl:if test="@file">
            <span class="mono"><xsl:value-of select="@file"/><xsl:if test="@line">:<xsl:value-of select="@line"/></xsl:if></span>
            <xsl:text> </xsl:text>
          </xsl:if>
          <xsl:choose>
            <xsl:when test="@rule"><a class="mono nowrap" href="{@rule}"><xsl:value-of select="@slug"/></a></xsl:when>
            <xsl:when test="/page/@alone"><span class="mono nowrap"><xsl:value-of select="@slug"/></span></xsl:when>
          </xsl:choose>
          <xsl:if test="@strength and @strength != 'proved'"> (<xsl:value-of select="@strength"/>)</xsl:if>
        </span>
      </xsl:if>
      <xsl:if test="evidence or fix">
        <details class="alt">
          <summary>Proof<xsl:if test="fix"> and fix</xsl:if></summary>
          <xsl:if test="evidence">
            <table class="dt kv">
              <tbody>
                <xsl:for-each select="evidence">
                  <tr><th scope="row"><xsl:value-of select="@label"/></th><td><xsl:apply-templates select="value"/></td></tr>
                </xsl:for-each>
              </tbody>
            </table>
          </xsl:if>
          <xsl:for-each select="fix">
            <figure class="code">
              <figcaption><span><xsl:value-of select="@label"/></span><xsl:call-template name="copy-button"/></figcaption>
              <pre tabindex="0"><code><xsl:copy-of select="code/node()"/></code></pre>
            </figure>
          </xsl:for-each>
        </details>
      </xsl:if>
    </div>
  </li>
</xsl:template>

<!-- Tiles and cards -->

<xsl:template match="tiles"><div class="tiles"><xsl:apply-templates/></div></xsl:template>

<xsl:template name="tile-body">
  <h3><xsl:value-of select="@title"/></h3>
  <div class="big"><xsl:value-of select="@big"/><xsl:if test="@small"><xsl:text> </xsl:text><small><xsl:value-of select="@small"/></small></xsl:if></div>
  <xsl:if test="@percent">
    <svg class="bar" aria-hidden="true">
      <rect width="100%" height="100%" rx="3"/>
      <rect class="{@tone}" width="{@percent}" height="100%" rx="3"/>
    </svg>
  </xsl:if>
  <p><xsl:value-of select="@text"/></p>
</xsl:template>

<xsl:template match="tile[@href]"><a class="tile" href="{@href}"><xsl:call-template name="tile-body"/></a></xsl:template>
<xsl:template match="tile"><div class="tile"><xsl:call-template name="tile-body"/></div></xsl:template>

<xsl:template name="count-of">
  <xsl:param name="count"/>
  <xsl:param name="tone"/>
  <xsl:param name="word"/>
  <span class="{concat('c-', $tone)}">
    <xsl:call-template name="icon"><xsl:with-param name="name" select="$tone"/></xsl:call-template>
    <xsl:value-of select="concat(' ', $count)"/>
    <span class="sr"><xsl:value-of select="concat(' ', $word)"/></span>
  </span>
</xsl:template>

<xsl:template match="findings-tile">
  <a class="tile" href="{@href}">
    <h3>Findings</h3>
    <div class="big dg">
      <xsl:call-template name="count-of">
        <xsl:with-param name="count" select="@errors"/><xsl:with-param name="tone" select="'bad'"/><xsl:with-param name="word" select="'errors'"/>
      </xsl:call-template>
      <xsl:call-template name="count-of">
        <xsl:with-param name="count" select="@warnings"/><xsl:with-param name="tone" select="'warn'"/><xsl:with-param name="word" select="'warnings'"/>
      </xsl:call-template>
      <xsl:call-template name="count-of">
        <xsl:with-param name="count" select="@notes"/><xsl:with-param name="tone" select="'info'"/><xsl:with-param name="word" select="'notes'"/>
      </xsl:call-template>
    </div>
    <p>Errors, warnings and notes.</p>
  </a>
</xsl:template>

<xsl:template match="cards"><ul class="cards"><xsl:apply-templates/></ul></xsl:template>

<xsl:template match="card">
  <li>
    <xsl:attribute name="class">
      <xsl:text>card</xsl:text>
      <xsl:if test="@hue"><xsl:value-of select="concat(' hue-', @hue)"/></xsl:if>
    </xsl:attribute>
    <h3>
      <xsl:if test="@hue"><span class="hue"></span></xsl:if>
      <xsl:choose>
        <xsl:when test="@href"><a href="{@href}"><xsl:value-of select="@title"/></a></xsl:when>
        <xsl:otherwise><xsl:value-of select="@title"/></xsl:otherwise>
      </xsl:choose>
    </h3>
    <!-- The whole card is one link: links inside the words would be unreachable. -->
    <p><xsl:value-of select="summary"/></p>
    <span class="meta"><xsl:value-of select="@meta"/></span>
  </li>
</xsl:template>

<!-- Lists of objects: a link, a sentence, values -->

<xsl:template match="list">
  <div class="scroll">
    <table class="dt cardy" role="table">
      <thead role="rowgroup">
        <tr role="row">
          <xsl:for-each select="col">
            <th role="columnheader" scope="col">
              <xsl:if test="position() > 2"><xsl:attribute name="class">r</xsl:attribute></xsl:if>
              <xsl:value-of select="."/>
            </th>
          </xsl:for-each>
        </tr>
      </thead>
      <tbody role="rowgroup"><xsl:apply-templates select="item"/></tbody>
    </table>
  </div>
</xsl:template>

<xsl:template match="list/item">
  <tr role="row">
    <xsl:copy-of select="@id"/>
    <th scope="row" role="rowheader" class="full">
      <xsl:choose>
        <xsl:when test="name/@href"><a class="mono" href="{name/@href}"><xsl:value-of select="name"/></a></xsl:when>
        <xsl:otherwise><span class="mono"><xsl:value-of select="name"/></span></xsl:otherwise>
      </xsl:choose>
      <xsl:if test="arguments"><span class="mono muted">(<xsl:value-of select="arguments"/>)</span></xsl:if>
      <xsl:if test="badge"><span class="sub badges"><xsl:apply-templates select="badge"/></span></xsl:if>
    </th>
    <td role="cell" class="full">
      <xsl:apply-templates select="summary"/>
      <xsl:if test="owner"><span class="sub">Numbers <a class="mono" href="{owner/@href}"><xsl:value-of select="owner"/></a>.</span></xsl:if>
    </td>
    <xsl:variable name="heads" select="../col"/>
    <xsl:for-each select="value">
      <xsl:variable name="place" select="position() + 2"/>
      <td role="cell" data-l="{$heads[position() = $place]}">
        <xsl:attribute name="class">num r<xsl:if test="not(node())"> nil</xsl:if></xsl:attribute>
        <xsl:value-of select="."/>
      </td>
    </xsl:for-each>
  </tr>
</xsl:template>

<xsl:template match="names">
  <ul class="az">
    <xsl:for-each select="name">
      <li>
        <a class="mono" href="{@href}">
          <xsl:call-template name="breakable"><xsl:with-param name="text" select="."/></xsl:call-template>
        </a>
        <xsl:text> </xsl:text>
        <span class="small muted"><xsl:value-of select="@word"/></span>
      </li>
    </xsl:for-each>
  </ul>
</xsl:template>

<xsl:template match="labels">
  <ol class="az labels" start="{@first}"><xsl:for-each select="label"><li><code><xsl:value-of select="."/></code></li></xsl:for-each></ol>
</xsl:template>

<xsl:template match="members">
  <ul class="az"><xsl:for-each select="member"><li class="small"><xsl:value-of select="."/></li></xsl:for-each></ul>
</xsl:template>

<xsl:template match="versions">
  <ul class="az"><xsl:for-each select="version"><li class="mono"><xsl:value-of select="."/></li></xsl:for-each></ul>
</xsl:template>

</xsl:stylesheet>
