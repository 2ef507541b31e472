<?xml version="1.0" encoding="UTF-8"?>
<!-- portal.xsl - the front page of several sites. -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform">

<xsl:template match="/portal">
  <html lang="en">
    <head>
      <meta name="viewport" content="width=device-width, initial-scale=1"/>
      <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src '{style/@hash}'; base-uri 'none'; form-action 'none'"/>
      <title><xsl:value-of select="@title"/></title>
      <meta name="color-scheme" content="light dark"/>
      <style><xsl:value-of select="style"/></style>
    </head>
    <body>
      <main>
        <h1><xsl:value-of select="@title"/></h1>
        <nav aria-label="Parts">
          <ul class="parts">
            <xsl:for-each select="part">
              <li><a href="#{@id}"><xsl:value-of select="@title"/><xsl:if test="@count"><xsl:text> </xsl:text><b><xsl:value-of select="@count"/></b></xsl:if></a></li>
            </xsl:for-each>
          </ul>
        </nav>
        <xsl:apply-templates select="part"/>
        <footer>Made by dbdoc.</footer>
      </main>
    </body>
  </html>
</xsl:template>

<xsl:template match="portal/part">
  <section id="{@id}">
    <h2><xsl:value-of select="@title"/></h2>
    <div class="scroll" tabindex="0" role="region" aria-label="{@title}">
      <table>
        <thead><tr><xsl:for-each select="col"><th scope="col"><xsl:value-of select="."/></th></xsl:for-each></tr></thead>
        <tbody>
          <xsl:for-each select="row">
            <tr>
              <th scope="row"><xsl:apply-templates select="link" mode="portal"/><xsl:value-of select="name"/></th>
              <xsl:for-each select="cell"><td><xsl:value-of select="."/></td></xsl:for-each>
              <xsl:if test="where"><td class="where"><xsl:for-each select="where/link"><xsl:if test="position() &gt; 1">, </xsl:if><xsl:apply-templates select="." mode="portal"/></xsl:for-each></td></xsl:if>
            </tr>
          </xsl:for-each>
        </tbody>
      </table>
    </div>
  </section>
</xsl:template>

<xsl:template match="link" mode="portal"><a href="{@href}"><xsl:value-of select="."/></a></xsl:template>

</xsl:stylesheet>
