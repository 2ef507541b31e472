<?xml version="1.0" encoding="UTF-8"?>
<!-- indexes.xsl - components about indexes: lists on tables, the index page, the page of all indexes. -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform">

<xsl:template match="chips">
  <span class="chips">
    <xsl:for-each select="chip">
      <span class="chip"><xsl:if test="@hit"><xsl:attribute name="class">chip hit</xsl:attribute></xsl:if><xsl:value-of select="."/></span>
    </xsl:for-each>
  </span>
</xsl:template>

<xsl:template name="reason">
  <xsl:choose>
    <xsl:when test="summary"><xsl:apply-templates select="summary"/></xsl:when>
    <xsl:when test="@reason = 'missing'">
      <span class="b warn">
        <xsl:call-template name="icon"><xsl:with-param name="name" select="'warn'"/></xsl:call-template>No reason written</span>
    </xsl:when>
    <xsl:otherwise>Identifies each row.</xsl:otherwise>
  </xsl:choose>
</xsl:template>

<xsl:template name="predicate">
  <xsl:if test="predicate"><span class="sub">where <span class="mono"><xsl:value-of select="predicate"/></span></span></xsl:if>
</xsl:template>

<xsl:template name="size-and-scans">
  <xsl:param name="sizes"/>
  <xsl:if test="$sizes">
    <td role="cell" data-l="Size" class="num r"><xsl:value-of select="value[1]"/></td>
    <td role="cell" data-l="Scans counted" class="num r"><xsl:value-of select="value[2]"/></td>
  </xsl:if>
</xsl:template>

<xsl:template name="size-heads">
  <xsl:if test="@observed">
    <th role="columnheader" scope="col" class="r">Size</th>
    <th role="columnheader" scope="col" class="r">Scans counted</th>
  </xsl:if>
</xsl:template>

<!-- On the page of a table -->

<xsl:template match="section/indexes">
  <div class="scroll">
    <table class="dt cardy" role="table">
      <thead role="rowgroup">
        <tr role="row">
          <th role="columnheader" scope="col">Index</th>
          <th role="columnheader" scope="col" class="wide-col">Why it exists</th>
          <xsl:call-template name="size-heads"/>
        </tr>
      </thead>
      <tbody role="rowgroup">
        <xsl:for-each select="index">
          <tr id="{@id}" role="row">
            <th scope="row" role="rowheader" class="full">
              <a class="mono" href="{name/@href}"><xsl:value-of select="name"/></a>
              <span class="sub"><xsl:apply-templates select="chips"/></span>
            </th>
            <td role="cell" class="full">
              <xsl:call-template name="reason"/>
              <xsl:if test="badge"><span class="sub badges"><xsl:apply-templates select="badge"/></span></xsl:if>
            </td>
            <xsl:call-template name="size-and-scans"><xsl:with-param name="sizes" select="../@observed"/></xsl:call-template>
          </tr>
        </xsl:for-each>
      </tbody>
    </table>
  </div>
</xsl:template>

<!-- On its own page -->

<xsl:template match="lead/on">
  <p>
    <xsl:text>On </xsl:text>
    <a href="{relation/@href}"><span class="mono"><xsl:value-of select="relation"/></span></a>
    <xsl:text> </xsl:text>
    <xsl:apply-templates select="chips"/>
    <xsl:if test="predicate"> where <code><xsl:value-of select="predicate"/></code></xsl:if>
  </p>
</xsl:template>

<xsl:template match="verdict">
  <div class="verdict {@tone}">
    <xsl:call-template name="icon"><xsl:with-param name="name" select="@tone"/></xsl:call-template>
    <div><strong><xsl:value-of select="@title"/></strong><p><xsl:apply-templates select="text"/></p></div>
    <xsl:for-each select="button"><a class="btn" href="{@href}"><xsl:value-of select="."/></a></xsl:for-each>
  </div>
</xsl:template>
<xsl:template match="verdict/text"><xsl:apply-templates/></xsl:template>

<xsl:template match="why[@missing = 'key']">
  <p>It identifies each row of the table. A primary key needs no other reason.</p>
</xsl:template>

<xsl:template match="why[@missing = 'yes']">
  <blockquote class="why none"><p>No reason is written. Add a line to a migration, or a note with the heading
    “Index <xsl:value-of select="/page/head/@name"/>”:</p></blockquote>
</xsl:template>

<xsl:template match="why">
  <xsl:for-each select="words">
    <blockquote class="why">
      <xsl:copy-of select="node()"/>
      <footer><xsl:call-template name="origin"/></footer>
    </blockquote>
  </xsl:for-each>
</xsl:template>

<xsl:template match="section/proof">
  <ul class="rows"><xsl:apply-templates select="row"/></ul>
</xsl:template>

<xsl:template match="proof/row">
  <li>
    <xsl:call-template name="icon">
      <xsl:with-param name="name" select="@tone"/>
      <xsl:with-param name="class"><xsl:choose><xsl:when test="@tone = 'none'">muted</xsl:when><xsl:otherwise><xsl:value-of select="concat('c-', @tone)"/></xsl:otherwise></xsl:choose></xsl:with-param>
    </xsl:call-template>
    <div><xsl:apply-templates/></div>
  </li>
</xsl:template>

<xsl:template match="proof/row/link"><a class="mono" href="{@href}"><xsl:value-of select="."/></a></xsl:template>

<xsl:template match="section/cost">
  <table class="dt kv">
    <tbody>
      <xsl:for-each select="row"><tr><th scope="row"><xsl:value-of select="@label"/></th><td><xsl:value-of select="."/></td></tr></xsl:for-each>
    </tbody>
  </table>
</xsl:template>

<xsl:template match="section/family">
  <div class="scroll">
    <table class="dt cardy" role="table">
      <thead role="rowgroup">
        <tr role="row">
          <th role="columnheader" scope="col">Index</th>
          <th role="columnheader" scope="col">Columns in order</th>
          <th role="columnheader" scope="col">Relation</th>
          <xsl:if test="@observed"><th role="columnheader" scope="col" class="r">Size</th></xsl:if>
        </tr>
      </thead>
      <tbody role="rowgroup">
        <xsl:for-each select="index">
          <tr role="row">
            <th scope="row" role="rowheader" class="full">
              <xsl:choose>
                <xsl:when test="@self"><strong class="mono"><xsl:value-of select="name"/></strong></xsl:when>
                <xsl:otherwise><a class="mono" href="{name/@href}"><xsl:value-of select="name"/></a></xsl:otherwise>
              </xsl:choose>
            </th>
            <td role="cell" class="full"><xsl:apply-templates select="chips"/></td>
            <td role="cell" class="full"><xsl:value-of select="relation"/></td>
            <xsl:if test="../@observed"><td role="cell" data-l="Size" class="num r"><xsl:value-of select="value"/></td></xsl:if>
          </tr>
        </xsl:for-each>
      </tbody>
    </table>
  </div>
</xsl:template>

<xsl:template match="section/keys">
  <div class="scroll">
    <table class="dt cardy" role="table">
      <thead role="rowgroup">
        <tr role="row">
          <th role="columnheader" scope="col">Key</th>
          <xsl:if test="@ordered"><th role="columnheader" scope="col">Order</th><th role="columnheader" scope="col">Nulls</th></xsl:if>
          <th role="columnheader" scope="col">Operator class</th>
          <th role="columnheader" scope="col">Collation</th>
        </tr>
      </thead>
      <tbody role="rowgroup">
        <xsl:for-each select="key">
          <tr role="row">
            <th scope="row" role="rowheader" class="mono full"><xsl:value-of select="name"/></th>
            <xsl:if test="../@ordered"><td role="cell" data-l="Order"><xsl:value-of select="@order"/></td><td role="cell" data-l="Nulls"><xsl:value-of select="@nulls"/></td></xsl:if>
            <td role="cell" data-l="Operator class" class="mono"><xsl:value-of select="@opclass"/></td>
            <td role="cell" data-l="Collation"><xsl:attribute name="class">mono<xsl:if test="not(@collation)"> nil</xsl:if></xsl:attribute><xsl:value-of select="@collation"/></td>
          </tr>
        </xsl:for-each>
      </tbody>
    </table>
  </div>
</xsl:template>

<!-- All indexes -->

<xsl:template match="index-groups">
  <form class="filter js-only" data-filter="ix" role="search" aria-label="Filter indexes">
    <input type="search" placeholder="Filter by name, table or column" aria-label="Filter by name, table or column"/>
    <xsl:if test="schema[2]">
      <select aria-label="Schema">
        <option value="">All schemas</option>
        <xsl:for-each select="schema"><option value="{@word}"><xsl:value-of select="@name"/></option></xsl:for-each>
      </select>
    </xsl:if>
    <span class="seg" role="group" aria-label="State">
      <label><input type="radio" name="st" value="" checked="checked"/><span>All</span></label>
      <label><input type="radio" name="st" value="is-missing"/><span>No reason</span></label>
      <label><input type="radio" name="st" value="is-repeating"/><span>Repeats</span></label>
    </span>
    <output class="small muted"></output>
  </form>
  <div class="scroll">
    <table class="dt cardy ixs" id="ix" role="table">
      <thead role="rowgroup">
        <tr role="row">
          <th role="columnheader" scope="col">Index</th>
          <th role="columnheader" scope="col" class="wide-col">Why it exists</th>
          <th role="columnheader" scope="col">Kind</th>
          <xsl:call-template name="size-heads"/>
        </tr>
      </thead>
      <xsl:apply-templates select="group"/>
    </table>
  </div>
</xsl:template>

<xsl:template match="index-groups/group">
  <tbody data-group="" role="rowgroup">
    <tr class="grp" role="row">
      <th colspan="3" scope="rowgroup" role="rowheader" class="full hue-{relation/@hue}">
        <span class="hue"></span>
        <xsl:text> </xsl:text>
        <a class="mono" href="{relation/@href}"><xsl:value-of select="relation"/></a>
        <xsl:if test="primary"><xsl:text> </xsl:text><a class="q small" href="{primary/@href}"><xsl:value-of select="primary"/></a></xsl:if>
        <xsl:if test="@strategy"><span class="sub"><xsl:value-of select="@strategy"/></span></xsl:if>
      </th>
      <xsl:call-template name="size-and-scans"><xsl:with-param name="sizes" select="../@observed"/></xsl:call-template>
    </tr>
    <xsl:for-each select="index">
      <tr role="row" data-row="{@words}">
        <th scope="row" role="rowheader" class="full">
          <a class="mono" href="{name/@href}"><xsl:value-of select="name"/></a>
          <span class="sub"><xsl:apply-templates select="chips"/></span>
          <xsl:call-template name="predicate"/>
        </th>
        <td role="cell" class="full"><xsl:call-template name="reason"/></td>
        <td role="cell" class="full"><span class="badges"><xsl:apply-templates select="badge"/></span></td>
        <xsl:call-template name="size-and-scans"><xsl:with-param name="sizes" select="../../@observed"/></xsl:call-template>
      </tr>
    </xsl:for-each>
  </tbody>
</xsl:template>

</xsl:stylesheet>
