<?xml version="1.0" encoding="UTF-8"?>
<!-- page.xsl - one view in, one page out. The view's <page> holds title block, sections and footer; each
     section holds components, and each component has one template in the files below. -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform">
<xsl:include href="layout.xsl"/>
<xsl:include href="icons.xsl"/>
<xsl:include href="components.xsl"/>
<xsl:include href="tables.xsl"/>
<xsl:include href="access.xsl"/>
<xsl:include href="indexes.xsl"/>
<xsl:include href="maps.xsl"/>
<xsl:include href="migrations.xsl"/>
<xsl:include href="runbooks.xsl"/>
<xsl:include href="queries.xsl"/>
<xsl:include href="differences.xsl"/>
<xsl:include href="portal.xsl"/>
<xsl:include href="review.xsl"/>
<xsl:output method="html" encoding="UTF-8" indent="no" doctype-system="about:legacy-compat"/>
</xsl:stylesheet>
