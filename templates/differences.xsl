<?xml version="1.0" encoding="UTF-8"?>
<!-- differences.xsl - what differs between two databases, on a page of its own. -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform">

<xsl:template match="/differences">
  <html lang="en">
    <head>
      <meta name="viewport" content="width=device-width, initial-scale=1"/>
      <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src '{style/@hash}'; base-uri 'none'; form-action 'none'"/>
      <title>What differs</title>
      <meta name="color-scheme" content="light dark"/>
      <style><xsl:value-of select="style"/></style>
    </head>
    <body>
      <main>
        <h1>What differs</h1>
        <dl class="sides">
          <div><dt>From</dt><dd><xsl:value-of select="before"/></dd></div>
          <div><dt>To</dt><dd><xsl:value-of select="after"/></dd></div>
        </dl>
        <xsl:choose>
          <xsl:when test="part">
            <nav aria-label="Parts">
              <ul class="parts">
                <xsl:for-each select="part">
                  <li><a href="#{@sign}-{position()}"><xsl:call-template name="change-sign"/><xsl:value-of select="@title"/><xsl:text> </xsl:text><b><xsl:value-of select="@count"/></b></a></li>
                </xsl:for-each>
              </ul>
            </nav>
            <xsl:apply-templates select="part"/>
          </xsl:when>
          <xsl:otherwise><p class="same-all">The structure is the same.</p></xsl:otherwise>
        </xsl:choose>
        <footer>Made by dbdoc. One file, nothing loaded from anywhere.</footer>
      </main>
    </body>
  </html>
</xsl:template>

<xsl:template name="change-sign">
  <span class="g {@sign}" aria-hidden="true"><xsl:value-of select="@glyph"/></span>
</xsl:template>

<xsl:template match="differences/part">
  <section id="{@sign}-{position()}">
    <h2><xsl:value-of select="@title"/><xsl:text> </xsl:text><span class="n"><xsl:value-of select="@count"/></span></h2>
    <ul class="changes">
      <xsl:for-each select="change">
        <li>
          <xsl:for-each select=".."><xsl:call-template name="change-sign"/></xsl:for-each>
          <div>
            <h3>
              <span class="word"><xsl:value-of select="@word"/></span><xsl:text> </xsl:text>
              <span class="mono"><xsl:value-of select="@name"/></span>
              <xsl:if test="@now"><span class="to"> → </span><span class="mono"><xsl:value-of select="@now"/></span></xsl:if>
            </h3>
            <xsl:if test="fact"><dl><xsl:apply-templates select="fact" mode="difference"/></dl></xsl:if>
            <xsl:for-each select="schemas"><p class="used"><xsl:value-of select="."/></p></xsl:for-each>
            <xsl:if test="dependant">
              <p class="used">
                <xsl:text>Used by </xsl:text>
                <xsl:for-each select="dependant">
                  <xsl:if test="position() &gt; 1">, </xsl:if>
                  <xsl:value-of select="@word"/><xsl:text> </xsl:text><span class="mono"><xsl:value-of select="@name"/></span>
                  <xsl:if test="@mentioned"> (mentioned)</xsl:if>
                </xsl:for-each>
              </p>
            </xsl:if>
          </div>
        </li>
      </xsl:for-each>
    </ul>
  </section>
</xsl:template>

<xsl:template match="fact" mode="difference">
  <div>
    <dt><xsl:value-of select="@title"/></dt>
    <dd>
      <xsl:choose>
        <xsl:when test="line">
          <pre tabindex="0">
            <xsl:for-each select="line">
              <span class="line {@sign}">
                <xsl:choose>
                  <xsl:when test="@sign = 'add'">+ </xsl:when>
                  <xsl:when test="@sign = 'del'">− </xsl:when>
                  <xsl:otherwise><xsl:text>&#160; </xsl:text></xsl:otherwise>
                </xsl:choose>
                <xsl:value-of select="."/>
              </span>
            </xsl:for-each>
          </pre>
        </xsl:when>
        <xsl:otherwise>
          <xsl:call-template name="side"><xsl:with-param name="value" select="before"/></xsl:call-template>
          <span class="to"> → </span>
          <xsl:call-template name="side"><xsl:with-param name="value" select="after"/></xsl:call-template>
        </xsl:otherwise>
      </xsl:choose>
    </dd>
  </div>
</xsl:template>

<xsl:template name="side">
  <xsl:param name="value"/>
  <xsl:choose>
    <xsl:when test="$value"><code><xsl:value-of select="$value"/></code></xsl:when>
    <xsl:otherwise><em>none</em></xsl:otherwise>
  </xsl:choose>
</xsl:template>

</xsl:stylesheet>
