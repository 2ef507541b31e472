<?xml version="1.0" encoding="UTF-8"?>
<!-- maps.xsl - maps of areas: with a switch for their details on a page of their own, names alone elsewhere. -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform">

<xsl:template match="map[not(@levels)]">
  <div tabindex="0" role="region" aria-label="Map, scrolls sideways">
    <xsl:attribute name="class">
      <xsl:text>er-wrap</xsl:text>
      <xsl:if test="level/svg/@width &lt; 1500"> fit</xsl:if>
    </xsl:attribute>
    <xsl:copy-of select="level/*"/>
  </div>
  <xsl:call-template name="map-remarks"/>
</xsl:template>

<!-- The switch comes before everything that it changes. -->
<xsl:template match="map[@levels]">
  <xsl:for-each select=".."><xsl:call-template name="crumbs"/></xsl:for-each>
  <xsl:for-each select="detail">
    <input class="sr lvi" type="radio" name="lv" id="lv-{@id}" aria-label="{@title}">
      <xsl:if test="@chosen"><xsl:attribute name="checked">checked</xsl:attribute></xsl:if>
    </input>
  </xsl:for-each>
  <div class="map-bar">
    <h1><xsl:value-of select="../head/@name"/></h1>
    <span class="seg" role="group" aria-label="Detail">
      <xsl:for-each select="detail"><label for="lv-{@id}"><span><xsl:value-of select="@title"/></span></label></xsl:for-each>
    </span>
    <span class="hint js-only">Drag to move. Ctrl + wheel, pinch or the + and − keys to zoom. Point at a table to follow its relations.</span>
  </div>
  <xsl:apply-templates select="prose"/>
  <div class="er-wrap map" tabindex="0" role="region" aria-label="Map. Arrow keys move, plus and minus zoom, 0 shows everything.">
    <xsl:for-each select="level"><div class="lvl lvl-{@detail}"><xsl:copy-of select="*"/></div></xsl:for-each>
    <div class="map-tools js-only">
      <button type="button" class="icon-btn" data-zoom="out" aria-label="Zoom out">
        <xsl:call-template name="icon"><xsl:with-param name="name" select="'minus'"/></xsl:call-template>
      </button>
      <button type="button" class="icon-btn" data-zoom="in" aria-label="Zoom in">
        <xsl:call-template name="icon"><xsl:with-param name="name" select="'plus'"/></xsl:call-template>
      </button>
      <button type="button" class="btn" data-zoom="fit">Fit</button>
    </div>
  </div>
  <xsl:if test="not(@parts)"><xsl:call-template name="legend"/></xsl:if>
  <xsl:call-template name="map-remarks"/>
  <xsl:apply-templates select="twin"/>
</xsl:template>

<xsl:template name="map-remarks">
  <xsl:if test="@hidden"><p class="hint">To keep the picture clear, <xsl:value-of select="@hidden"/> foreign keys between the areas are not drawn.</p></xsl:if>
  <xsl:if test="@simple"><p class="hint">The boxes stand in a simple order, because a better one would have taken too long.</p></xsl:if>
</xsl:template>

</xsl:stylesheet>
