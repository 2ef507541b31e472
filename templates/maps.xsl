<?xml version="1.0" encoding="UTF-8"?>
<!-- maps.xsl - maps of areas: with a switch for their details on a page of their own, names alone elsewhere. -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform">

<xsl:template match="map[not(@levels)]">
  <div class="er-wrap" tabindex="0" role="region" aria-label="Map, scrolls sideways"><xsl:copy-of select="level/*"/></div>
  <xsl:call-template name="map-remarks"/>
</xsl:template>

<xsl:template match="map[@levels]">
  <input class="sr lvi" type="radio" name="lv" id="lv-names" aria-label="Names"/>
  <input class="sr lvi" type="radio" name="lv" id="lv-keys" aria-label="Keys" checked="checked"/>
  <input class="sr lvi" type="radio" name="lv" id="lv-all" aria-label="All columns"/>
  <div class="map-bar">
    <span class="seg" role="group" aria-label="Detail">
      <label for="lv-names"><span>Names</span></label>
      <label for="lv-keys"><span>Keys</span></label>
      <label for="lv-all"><span>All columns</span></label>
    </span>
    <span class="hint js-only">Drag to move. Ctrl + wheel, pinch or the + and − keys to zoom. Point at a table to follow its relations.</span>
  </div>
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
