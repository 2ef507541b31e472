<?xml version="1.0" encoding="UTF-8"?>
<!-- icons.xsl - strokes on a 16 x 16 grid; words always stand beside them. -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform">

<xsl:template name="icon">
  <xsl:param name="name"/>
  <xsl:param name="class"/>
  <svg class="{normalize-space(concat('i ', $class))}" viewBox="0 0 16 16" aria-hidden="true">
    <path>
      <xsl:attribute name="d">
        <xsl:choose>
          <xsl:when test="$name = 'menu'">M2.5 4.5h11M2.5 8h11M2.5 11.5h11</xsl:when>
          <xsl:when test="$name = 'close'">M4 4l8 8M12 4l-8 8</xsl:when>
          <xsl:when test="$name = 'search'">M7 12A5 5 0 1 0 7 2a5 5 0 0 0 0 10zM10.8 10.8 14 14</xsl:when>
          <xsl:when test="$name = 'theme'">M8 11a3 3 0 1 0 0-6 3 3 0 0 0 0 6zM8 1.5V3M8 13v1.5M1.5 8H3M13 8h1.5M3.4 3.4l1 1M11.6 11.6l1 1M3.4 12.6l1-1M11.6 4.4l1-1</xsl:when>
          <xsl:when test="$name = 'overview'">M2.5 7.2 8 2.5l5.5 4.7V13.5h-4V10h-3v3.5h-4z</xsl:when>
          <xsl:when test="$name = 'indexes'">M2.5 4h11M2.5 8h7.5M2.5 12h4</xsl:when>
          <xsl:when test="$name = 'queries'">M2.5 4l3.5 4-3.5 4M8 12h5.5</xsl:when>
          <xsl:when test="$name = 'map'">M2.5 3.5h4v3h-4zM9.5 9.5h4v3h-4zM6.5 5h5.5v4.5</xsl:when>
          <xsl:when test="$name = 'migrations'">M8 2.5v8.5M4.5 7.5 8 11l3.5-3.5M3 13.5h10</xsl:when>
          <xsl:when test="$name = 'changelog'">M8 14A6 6 0 1 0 8 2a6 6 0 0 0 0 12zM8 4.5V8l2.5 1.5</xsl:when>
          <xsl:when test="$name = 'runbooks'">M5.5 3H3.5v10.5h9V3h-2M5.5 2h5v2.6h-5zM5.8 9.2l1.5 1.5 2.9-3.1</xsl:when>
          <xsl:when test="$name = 'decisions'">M8 14V3M3 5.5h7.5L13 3.7l-2.5-1.7H3zM5 14h6</xsl:when>
          <xsl:when test="$name = 'replication'">M2.5 5.5h9M8.5 2.5l3 3-3 3M13.5 10.5h-9M7.5 7.5l-3 3 3 3</xsl:when>
          <xsl:when test="$name = 'event-triggers'">M9 1.5 3.5 9H8l-1 5.5L12.5 7H8z</xsl:when>
          <xsl:when test="$name = 'foreign-data'">M2.5 5h4v6h-4zM9.5 5h4v6h-4zM6.5 8h3</xsl:when>
          <xsl:when test="$name = 'operators'">M2.5 5h5M5 2.5v5M9 5.5h4.5M9 10.5h4.5M9 13h4.5M2.8 9.5l4 4M6.8 9.5l-4 4</xsl:when>
          <xsl:when test="$name = 'text-search'">M2.5 12.5 5.5 4l3 8.5M3.5 10h4M10 13.5l1.5-1.5M11.5 12a2 2 0 1 0 0-4 2 2 0 0 0 0 4z</xsl:when>
          <xsl:when test="$name = 'languages'">M5.5 4 2 8l3.5 4M10.5 4 14 8l-3.5 4M9 3 7 13</xsl:when>
          <xsl:when test="$name = 'plus'">M8 3v10M3 8h10</xsl:when>
          <xsl:when test="$name = 'minus'">M3 8h10</xsl:when>
          <xsl:when test="$name = 'findings' or $name = 'warn'">M8 2.2 14.2 13H1.8zM8 6.6v3M8 11.3v.1</xsl:when>
          <xsl:when test="$name = 'bad'">M5.5 2h5L14 5.5v5L10.5 14h-5L2 10.5v-5zM8 5v3.4M8 10.9v.1</xsl:when>
          <xsl:when test="$name = 'info'">M8 14A6 6 0 1 0 8 2a6 6 0 0 0 0 12zM8 7.4V11M8 5v.1</xsl:when>
          <xsl:when test="$name = 'ok'">M3 8.5l3.2 3.2L13 5</xsl:when>
          <xsl:when test="$name = 'none'">M3 8h10</xsl:when>
          <xsl:when test="$name = 'key' or $name = 'access'">M5 10.5a2.5 2.5 0 1 0 0-5 2.5 2.5 0 0 0 0 5zM7.5 8H14M11.5 8v2.5</xsl:when>
          <xsl:when test="$name = 'fkey'">M4 12 12 4M6 4h6v6</xsl:when>
          <xsl:when test="$name = 'copy'">M5.5 5.5h8v8h-8zM10.5 5.5v-3h-8v8h3</xsl:when>
        </xsl:choose>
      </xsl:attribute>
    </path>
  </svg>
</xsl:template>

<!-- A key or foreign key sign behind a column's name. -->
<xsl:template name="key-signs">
  <xsl:if test="@key">
    <xsl:text> </xsl:text>
    <span class="key" title="Primary key">
      <xsl:call-template name="icon"><xsl:with-param name="name" select="'key'"/></xsl:call-template>
      <span class="sr">primary key</span>
    </span>
  </xsl:if>
  <xsl:if test="target">
    <xsl:text> </xsl:text>
    <span class="fkey" title="Foreign key">
      <xsl:call-template name="icon"><xsl:with-param name="name" select="'fkey'"/></xsl:call-template>
      <span class="sr">foreign key</span>
    </span>
  </xsl:if>
</xsl:template>

</xsl:stylesheet>
