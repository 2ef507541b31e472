<?xml version="1.0" encoding="UTF-8"?>
<!-- layout.xsl - the frame: head, top bar, navigation, title block, sections, "on this page", footer. -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform">

<xsl:template match="/page">
  <html lang="en">
    <head>
      <meta name="viewport" content="width=device-width, initial-scale=1"/>
      <xsl:choose>
        <xsl:when test="@alone"><meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src '{style/@hash}'; script-src '{script/@hash}'; base-uri 'none'; form-action 'none'"/></xsl:when>
        <xsl:otherwise><meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; font-src 'self'; base-uri 'none'; form-action 'none'"/></xsl:otherwise>
      </xsl:choose>
      <title>
        <xsl:value-of select="@title"/>
        <xsl:if test="@part"><xsl:value-of select="concat(', ', @part)"/></xsl:if>
        <xsl:if test="@title != @brand"><xsl:text> · </xsl:text><xsl:value-of select="@brand"/></xsl:if>
        <xsl:text> database</xsl:text>
      </title>
      <xsl:if test="@description"><meta name="description" content="{@description}"/></xsl:if>
      <xsl:if test="@feed"><link rel="alternate" type="application/atom+xml" title="Changelog" href="{@feed}"/></xsl:if>
      <meta name="color-scheme" content="light dark"/>
      <xsl:choose>
        <xsl:when test="@alone">
          <style><xsl:value-of select="style"/></style>
          <script><xsl:value-of select="script"/></script>
        </xsl:when>
        <xsl:otherwise>
          <link rel="stylesheet" href="{@root}assets/dbdoc.css"/>
          <xsl:if test="@overlay"><link rel="stylesheet" href="{@root}{@overlay}"/></xsl:if>
          <script src="{@root}assets/dbdoc.js" data-root="{@root}"></script>
        </xsl:otherwise>
      </xsl:choose>
    </head>
    <body id="top">
      <xsl:if test="map or @alone"><xsl:attribute name="class">nonav</xsl:attribute></xsl:if>
      <a class="skip" href="#main">Skip to content</a>
      <xsl:choose>
        <xsl:when test="@alone">
          <button type="button" class="icon-btn js-only no-print" data-theme-toggle="" aria-label="Change theme">
            <xsl:call-template name="icon"><xsl:with-param name="name" select="'theme'"/></xsl:call-template>
          </button>
        </xsl:when>
        <xsl:otherwise><xsl:call-template name="top-bar"/></xsl:otherwise>
      </xsl:choose>
      <div class="shell">
        <xsl:if test="not(@alone)"><xsl:apply-templates select="nav"/></xsl:if>
        <div>
          <xsl:attribute name="class">
            <xsl:text>page</xsl:text>
            <xsl:if test="map"> full</xsl:if>
            <xsl:if test="not(section[@title][2]) or @kind = 'overview' or @kind = 'indexes' or @kind = 'names' or @kind = 'access' or @kind = 'queries' or @kind = 'matrix'"> wide</xsl:if>
          </xsl:attribute>
          <main id="main">
            <xsl:choose>
              <xsl:when test="@kind = 'overview'"><xsl:call-template name="overview-head"/></xsl:when>
              <xsl:when test="map"><xsl:apply-templates select="map"/></xsl:when>
              <xsl:otherwise><xsl:call-template name="title-block"/></xsl:otherwise>
            </xsl:choose>
            <xsl:apply-templates select="flags | verdict"/>
            <xsl:apply-templates select="pager"/>
            <xsl:apply-templates select="section"/>
            <xsl:if test="pager"><div class="pager-end"><xsl:apply-templates select="pager/part[@before or @after]" mode="step"/></div></xsl:if>
          </main>
          <xsl:if test="section[@title][2] and not(@kind = 'overview' or @kind = 'indexes' or @kind = 'names' or @kind = 'access' or @kind = 'queries' or @kind = 'matrix')">
            <xsl:call-template name="toc"/>
          </xsl:if>
          <xsl:apply-templates select="foot"/>
        </div>
      </div>
      <div class="sr" id="live" aria-live="polite"></div>
    </body>
  </html>
</xsl:template>

<xsl:template name="top-bar">
  <header class="top">
    <a class="icon-btn menu-btn" href="#nav" aria-label="Open the menu">
      <xsl:call-template name="icon"><xsl:with-param name="name" select="'menu'"/></xsl:call-template>
    </a>
    <a class="brand" href="{@root}index.html">
      <xsl:choose>
        <xsl:when test="@logo"><img class="logo" src="{@root}{@logo}" alt=""/></xsl:when>
        <xsl:otherwise>
          <svg viewBox="0 0 24 24" aria-hidden="true">
            <path fill="currentColor" opacity=".16" d="M12 1.5c4.7 0 8.5 1.5 8.5 3.6v13.8c0 2.1-3.8 3.6-8.5 3.6s-8.5-1.5-8.5-3.6V5.1c0-2.1 3.8-3.6 8.5-3.6z"/>
            <path fill="none" stroke="currentColor" stroke-width="1.7" stroke-linecap="round" d="M3.6 5.2c0 1.9 3.7 3.3 8.4 3.3s8.4-1.4 8.4-3.3S16.7 1.9 12 1.9 3.6 3.3 3.6 5.2v13.6c0 1.9 3.7 3.3 8.4 3.3s8.4-1.4 8.4-3.3V5.2M7.5 13h9M7.5 17h5.5"/>
          </svg>
        </xsl:otherwise>
      </xsl:choose>
      <b><xsl:value-of select="@brand"/></b>
      <span>database</span>
    </a>
    <a class="find" href="{@root}all.html" data-search="" aria-label="Search">
      <xsl:call-template name="icon"><xsl:with-param name="name" select="'search'"/></xsl:call-template>
      <span>Search</span>
      <kbd>/</kbd>
    </a>
    <a class="fresh" href="{@root}index.html#snapshot">
      <span>
        <xsl:attribute name="class">
          <xsl:text>dot</xsl:text>
          <xsl:if test="not(foot/@date)"> off</xsl:if>
        </xsl:attribute>
      </span>
      <xsl:choose>
        <xsl:when test="foot/@date">Snapshot <xsl:value-of select="foot/@date"/></xsl:when>
        <xsl:otherwise>Structure only</xsl:otherwise>
      </xsl:choose>
    </a>
    <button type="button" class="icon-btn js-only" data-theme-toggle="" aria-label="Change theme">
      <xsl:call-template name="icon"><xsl:with-param name="name" select="'theme'"/></xsl:call-template>
    </button>
  </header>
</xsl:template>

<xsl:template match="nav">
  <nav class="nav" id="nav" aria-label="Site">
    <a class="icon-btn nav-close" href="#top" aria-label="Close the menu">
      <xsl:call-template name="icon"><xsl:with-param name="name" select="'close'"/></xsl:call-template>
    </a>
    <ul><xsl:apply-templates select="link"/></ul>
    <xsl:if test="schema">
      <h2 id="nav-s">Schemas</h2>
      <ul aria-labelledby="nav-s">
        <xsl:apply-templates select="schema"/>
        <xsl:if test="@hidden"><li><a class="more" href="{@href}"><xsl:value-of select="@hidden"/> more</a></li></xsl:if>
      </ul>
    </xsl:if>
  </nav>
</xsl:template>

<xsl:template name="current">
  <xsl:if test="@current">
    <xsl:attribute name="aria-current"><xsl:value-of select="@current"/></xsl:attribute>
  </xsl:if>
</xsl:template>

<xsl:template match="nav/link">
  <li>
    <a href="{@href}">
      <xsl:call-template name="current"/>
      <xsl:call-template name="icon"><xsl:with-param name="name" select="@icon"/></xsl:call-template>
      <xsl:value-of select="."/>
      <xsl:if test="@count"><span class="n"><xsl:value-of select="@count"/></span></xsl:if>
    </a>
  </li>
</xsl:template>

<xsl:template match="nav/schema">
  <li class="hue-{@hue}">
    <a href="{@href}">
      <xsl:call-template name="current"/>
      <span class="hue"></span>
      <span class="name"><xsl:value-of select="@name"/></span>
      <span class="n"><xsl:value-of select="@count"/></span>
    </a>
    <xsl:if test="relation">
      <ul class="tree">
        <xsl:apply-templates select="relation"/>
        <xsl:if test="@hidden"><li><a class="more" href="{@href}"><xsl:value-of select="@hidden"/> more</a></li></xsl:if>
      </ul>
    </xsl:if>
  </li>
</xsl:template>

<xsl:template match="nav/schema/relation">
  <li><a href="{@href}"><xsl:call-template name="current"/><xsl:value-of select="."/></a></li>
</xsl:template>

<!-- Title block -->

<xsl:template name="crumbs">
  <nav class="crumbs" aria-label="Breadcrumb">
    <ol>
      <xsl:for-each select="crumb">
        <li>
          <xsl:choose>
            <xsl:when test="@href"><a href="{@href}"><xsl:value-of select="."/></a></xsl:when>
            <xsl:otherwise><span aria-current="page"><xsl:value-of select="."/></span></xsl:otherwise>
          </xsl:choose>
        </li>
      </xsl:for-each>
    </ol>
  </nav>
</xsl:template>

<!-- Long names may break behind an underscore or a dot. -->
<xsl:template name="breakable">
  <xsl:param name="text"/>
  <xsl:choose>
    <xsl:when test="contains($text, '_') and string-length(substring-before($text, '_')) &lt; 200">
      <xsl:value-of select="concat(substring-before($text, '_'), '_')"/>
      <wbr/>
      <xsl:call-template name="breakable">
        <xsl:with-param name="text" select="substring-after($text, '_')"/>
      </xsl:call-template>
    </xsl:when>
    <xsl:otherwise><xsl:value-of select="$text"/></xsl:otherwise>
  </xsl:choose>
</xsl:template>

<xsl:template name="title-block">
  <header class="head">
    <xsl:if test="not(@alone)"><xsl:call-template name="crumbs"/></xsl:if>
    <h1>
      <xsl:choose>
        <xsl:when test="@kind = 'findings' or @kind = 'indexes' or @kind = 'names' or @kind = 'rule' or @kind = 'map' or @kind = 'migrations' or @kind = 'runbooks' or @kind = 'changelog' or @kind = 'access' or @kind = 'decisions' or @kind = 'decision' or @kind = 'coverage' or @kind = 'queries' or @kind = 'matrix' or head/@words">
          <xsl:value-of select="head/@name"/>
        </xsl:when>
        <xsl:otherwise>
          <span class="mono">
            <xsl:if test="head/@prefix"><span class="pre"><xsl:value-of select="head/@prefix"/></span></xsl:if>
            <xsl:call-template name="breakable"><xsl:with-param name="text" select="head/@name"/></xsl:call-template>
            <xsl:if test="head/@arguments"><span class="pre">(<xsl:value-of select="head/@arguments"/>)</span></xsl:if>
          </span>
        </xsl:otherwise>
      </xsl:choose>
      <xsl:if test="head/badge"><span class="badges"><xsl:apply-templates select="head/badge"/></span></xsl:if>
    </h1>
    <xsl:apply-templates select="lead"/>
    <xsl:apply-templates select="facts"/>
  </header>
</xsl:template>

<xsl:template match="lead">
  <div class="lead">
    <xsl:for-each select="summary"><p><xsl:copy-of select="node()"/></p></xsl:for-each>
    <xsl:apply-templates select="on"/>
  </div>
  <xsl:if test="@origin"><p class="source"><xsl:call-template name="origin"/></p></xsl:if>
</xsl:template>

<xsl:template match="facts">
  <dl class="facts">
    <xsl:for-each select="fact">
      <div><dt><xsl:value-of select="@label"/></dt><dd><xsl:value-of select="."/></dd></div>
    </xsl:for-each>
  </dl>
</xsl:template>

<xsl:template match="badge">
  <span>
    <xsl:attribute name="class">
      <xsl:text>b</xsl:text>
      <xsl:if test="@tone"><xsl:value-of select="concat(' ', @tone)"/></xsl:if>
      <xsl:if test="@hue"><xsl:value-of select="concat(' hued hue-', @hue)"/></xsl:if>
    </xsl:attribute>
    <xsl:copy-of select="@title"/>
    <xsl:if test="@hue"><span class="hue"></span></xsl:if>
    <xsl:if test="@tone">
      <xsl:call-template name="icon"><xsl:with-param name="name" select="@tone"/></xsl:call-template>
    </xsl:if>
    <xsl:value-of select="."/>
  </span>
</xsl:template>

<xsl:template name="overview-head">
  <header class="head intro">
    <div>
      <h1><xsl:value-of select="head/@name"/></h1>
      <div class="lead prose">
        <xsl:choose>
          <xsl:when test="intro/@missing">
            <p>Nobody has written down yet what this database is for. A file
              <code><xsl:value-of select="concat(intro/@folder, '/database.md')"/></code> that begins with the
              lines <code>---</code>, <code>object: database</code>, <code>---</code> would stand here.</p>
          </xsl:when>
          <xsl:when test="intro/words">
            <xsl:for-each select="intro/words"><xsl:copy-of select="node()"/><p class="source"><xsl:call-template name="origin"/></p></xsl:for-each>
          </xsl:when>
          <xsl:otherwise><xsl:copy-of select="intro/node()"/></xsl:otherwise>
        </xsl:choose>
      </div>
    </div>
    <aside class="panel" id="snapshot" aria-labelledby="snap-h">
      <h2 id="snap-h">
        <span>
          <xsl:attribute name="class">
            <xsl:text>dot</xsl:text>
            <xsl:if test="not(panel/@observed)"> off</xsl:if>
          </xsl:attribute>
        </span>
        <xsl:value-of select="panel/@title"/>
      </h2>
      <dl>
        <xsl:for-each select="panel/row">
          <div><dt><xsl:value-of select="@label"/></dt><dd><xsl:value-of select="."/></dd></div>
        </xsl:for-each>
      </dl>
    </aside>
  </header>
  <xsl:apply-templates select="facts"/>
</xsl:template>

<!-- A page that is split -->

<xsl:template match="pager">
  <nav class="pager" aria-label="Parts of this list">
    <p class="hint">This list is long: you see <xsl:value-of select="/page/@part"/>. Search finds everything.</p>
    <ol>
      <xsl:for-each select="part">
        <xsl:if test="@gap"><li aria-hidden="true">…</li></xsl:if>
        <li>
          <a href="{@href}">
            <xsl:if test="@current"><xsl:attribute name="aria-current">page</xsl:attribute></xsl:if>
            <xsl:value-of select="."/>
          </a>
        </li>
      </xsl:for-each>
    </ol>
  </nav>
</xsl:template>

<xsl:template match="pager/part" mode="step">
  <a href="{@href}">
    <xsl:choose>
      <xsl:when test="@before">Previous page</xsl:when>
      <xsl:otherwise>Next page</xsl:otherwise>
    </xsl:choose>
  </a>
</xsl:template>

<xsl:template match="onward">
  <p class="small"><a href="{@href}"><xsl:value-of select="."/></a></p>
</xsl:template>

<!-- Sections -->

<xsl:template match="section">
  <section class="sec" id="{@id}">
    <xsl:choose>
      <xsl:when test="not(@title)"><h2 class="sr">At a glance</h2></xsl:when>
      <xsl:when test="more">
        <div class="sec-head">
          <xsl:call-template name="section-title"/>
          <a class="small" href="{more/@href}"><xsl:value-of select="more"/></a>
        </div>
      </xsl:when>
      <xsl:otherwise><xsl:call-template name="section-title"/></xsl:otherwise>
    </xsl:choose>
    <xsl:apply-templates select="*[not(self::more)]"/>
  </section>
</xsl:template>

<xsl:template name="section-title">
  <h2>
    <xsl:value-of select="@title"/>
    <xsl:if test="@count"><xsl:text> </xsl:text><span class="n"><xsl:value-of select="@count"/></span></xsl:if>
    <a class="a" href="#{@id}" aria-label="Link to {@title}">#</a>
  </h2>
</xsl:template>

<xsl:template match="hint">
  <p class="hint"><xsl:value-of select="."/></p>
</xsl:template>

<xsl:template name="toc">
  <aside class="toc" aria-labelledby="toc-h">
    <h2 id="toc-h">On this page</h2>
    <ul>
      <xsl:for-each select="section[@title]">
        <li>
          <a href="#{@id}">
            <xsl:value-of select="@title"/>
            <xsl:if test="@count"><span class="n"><xsl:value-of select="@count"/></span></xsl:if>
          </a>
        </li>
      </xsl:for-each>
    </ul>
  </aside>
</xsl:template>

<xsl:template match="foot">
  <footer class="foot">
    <span>
      <xsl:text>Made by dbdoc from </xsl:text>
      <xsl:choose>
        <xsl:when test="@taken">the snapshot of <xsl:value-of select="@taken"/></xsl:when>
        <xsl:otherwise>the structure alone</xsl:otherwise>
      </xsl:choose>
      <xsl:if test="@server">, PostgreSQL <xsl:value-of select="@server"/></xsl:if>
    </span>
    <xsl:if test="file">
      <span>
        <xsl:text>Words from </xsl:text>
        <xsl:for-each select="file">
          <xsl:if test="position() > 1">, </xsl:if>
          <span class="mono"><xsl:call-template name="breakable"><xsl:with-param name="text" select="."/></xsl:call-template></span>
        </xsl:for-each>
      </span>
    </xsl:if>
    <xsl:if test="@structure">
      <span>
        <xsl:text>Published as structure alone: left out are who owns and may do what, bodies of functions and views, texts within defaults, conditions and bounds, labels of enum types, counters, code, migrations and queries (</xsl:text>
        <span class="mono">publish: structure</span>
        <xsl:text>). Numbers of rows and sizes are rounded.</xsl:text>
      </span>
    </xsl:if>
    <xsl:if test="not(/page/@alone)"><a href="{/page/@root}all.html">All names, A to Z</a></xsl:if>
    <xsl:for-each select="link"><a href="{@href}"><xsl:value-of select="."/></a></xsl:for-each>
  </footer>
</xsl:template>

</xsl:stylesheet>
