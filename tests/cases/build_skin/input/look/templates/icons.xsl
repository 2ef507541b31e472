<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform">
  <xsl:template name="icon"><xsl:param name="name"/><i class="own-icon"></i></xsl:template>
  <xsl:template name="key-signs"><xsl:if test="@key"> (key)</xsl:if></xsl:template>
</xsl:stylesheet>
