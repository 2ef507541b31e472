<?xml version="1.0" encoding="UTF-8"?>
<!-- migrations.xsl - the timeline, and what one migration does in both directions. -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform">

<xsl:template match="timeline">
  <ol class="tl"><xsl:apply-templates select="entry"/></ol>
</xsl:template>

<xsl:template match="timeline/entry">
  <li class="{@tone}">
    <xsl:choose>
      <xsl:when test="@day"><time datetime="{@day}"><xsl:value-of select="@date"/></time></xsl:when>
      <xsl:otherwise><time><xsl:value-of select="@version"/></time></xsl:otherwise>
    </xsl:choose>
    <div>
      <h3><a href="{@href}"><xsl:value-of select="@name"/></a></h3>
      <xsl:if test="summary"><p><xsl:value-of select="summary"/></p></xsl:if>
      <xsl:if test="badge"><div class="badges"><xsl:apply-templates select="badge"/></div></xsl:if>
    </div>
  </li>
</xsl:template>

<xsl:template match="lines">
  <ul class="rows"><xsl:for-each select="line"><li>
    <xsl:call-template name="icon"><xsl:with-param name="name" select="'none'"/></xsl:call-template>
    <p><xsl:value-of select="."/></p>
  </li></xsl:for-each></ul>
</xsl:template>

<xsl:template match="changes">
  <ul class="changes"><xsl:apply-templates select="change"/></ul>
</xsl:template>

<xsl:template match="changes/change">
  <li>
    <span class="g {@sign}" aria-hidden="true">
      <xsl:choose>
        <xsl:when test="@sign = 'add'">+</xsl:when>
        <xsl:when test="@sign = 'del'">−</xsl:when>
        <xsl:otherwise>~</xsl:otherwise>
      </xsl:choose>
    </span>
    <div>
      <span class="sr"><xsl:value-of select="@word"/>: </span>
      <xsl:value-of select="@kind"/><xsl:text> </xsl:text>
      <xsl:choose>
        <xsl:when test="@href"><a class="mono" href="{@href}"><xsl:value-of select="@name"/></a></xsl:when>
        <xsl:otherwise><span class="mono"><xsl:value-of select="@name"/></span></xsl:otherwise>
      </xsl:choose>
      <xsl:if test="@fact or after">
        <xsl:text> </xsl:text>
        <small>
          <xsl:if test="@fact"><xsl:value-of select="@fact"/>: </xsl:if>
          <xsl:if test="before"><span class="mono"><xsl:value-of select="before"/></span> → </xsl:if>
          <xsl:choose>
            <xsl:when test="@fact and after"><span class="mono"><xsl:value-of select="after"/></span></xsl:when>
            <xsl:when test="after"><xsl:value-of select="after"/></xsl:when>
            <xsl:otherwise>none</xsl:otherwise>
          </xsl:choose>
        </small>
      </xsl:if>
    </div>
  </li>
</xsl:template>

<xsl:template match="flow">
  <ol class="flow">
    <xsl:for-each select="step">
      <li>
        <h3>
          <xsl:call-template name="icon">
            <xsl:with-param name="name" select="@tone"/>
            <xsl:with-param name="class" select="concat('c-', @tone)"/>
          </xsl:call-template>
          <xsl:value-of select="@title"/>
        </h3>
        <span><xsl:value-of select="@text"/></span>
        <xsl:if test="@figure"><span class="num"><xsl:value-of select="@figure"/></span></xsl:if>
      </li>
    </xsl:for-each>
  </ol>
</xsl:template>

<xsl:template match="statements">
  <ol class="stmts"><xsl:apply-templates select="statement"/></ol>
</xsl:template>

<xsl:template match="statements/statement">
  <li class="stmt">
    <div>
      <xsl:apply-templates select="code"/>
      <xsl:if test="words"><p class="warnline"><xsl:value-of select="words"/></p></xsl:if>
      <xsl:if test="@time">
        <dl>
          <div>
            <dt>Locks on what was there before</dt>
            <xsl:choose>
              <xsl:when test="@unseen"><dd>not seen</dd></xsl:when>
              <xsl:when test="lock"><xsl:apply-templates select="lock"/></xsl:when>
              <xsl:when test="@held"><dd class="muted">no other; <xsl:value-of select="@held"/> is still held</dd></xsl:when>
              <xsl:otherwise><dd>none</dd></xsl:otherwise>
            </xsl:choose>
          </div>
          <div><dt>Time here</dt><dd class="num"><xsl:value-of select="@time"/></dd></div>
          <div>
            <dt>Rewrites and full reads</dt>
            <xsl:choose>
              <xsl:when test="@unseen or @partly"><dd>not seen</dd></xsl:when>
              <xsl:when test="rewrite or scan">
                <xsl:for-each select="rewrite">
                  <dd>writes <span class="mono"><xsl:value-of select="@relation"/></span> anew: <xsl:value-of select="@reason"/></dd>
                </xsl:for-each>
                <xsl:for-each select="scan">
                  <dd>reads all of <span class="mono"><xsl:value-of select="@relation"/></span></dd>
                </xsl:for-each>
              </xsl:when>
              <xsl:otherwise><dd>none</dd></xsl:otherwise>
            </xsl:choose>
          </div>
          <xsl:if test="wait">
            <div>
              <dt>Waits for other transactions</dt>
              <xsl:for-each select="wait"><dd><xsl:value-of select="@about"/></dd></xsl:for-each>
            </div>
          </xsl:if>
        </dl>
      </xsl:if>
      <p class="small muted mono"><xsl:value-of select="@place"/></p>
    </div>
  </li>
</xsl:template>

<!-- The strokes show the strength of a lock, 1 to 8. -->
<xsl:template name="lock">
  <span class="lock {@tone}">
    <svg viewBox="0 0 38 12" aria-hidden="true">
      <xsl:call-template name="stroke"><xsl:with-param name="place" select="1"/></xsl:call-template>
    </svg>
    <xsl:value-of select="@mode"/>
    <span class="sr"> (level <xsl:value-of select="@level"/> of 8)</span>
  </span>
</xsl:template>

<xsl:template match="statement/lock">
  <dd>
    <xsl:call-template name="lock"/>
    <xsl:text> on </xsl:text>
    <span class="mono"><xsl:value-of select="@relation"/></span>
    <br/>
    <span class="muted">blocks <xsl:value-of select="@blocks"/></span>
  </dd>
</xsl:template>

<xsl:template name="stroke">
  <xsl:param name="place"/>
  <rect x="{($place - 1) * 5}" width="3" height="12" rx="1">
    <xsl:if test="$place &lt;= @level"><xsl:attribute name="class">on</xsl:attribute></xsl:if>
  </rect>
  <xsl:if test="$place &lt; 8">
    <xsl:call-template name="stroke"><xsl:with-param name="place" select="$place + 1"/></xsl:call-template>
  </xsl:if>
</xsl:template>

<!-- Statements and locks on one line of time. -->
<xsl:template match="gantt">
  <div class="gantt">
    <span class="gh">Statements</span>
    <xsl:for-each select="bar">
      <span class="lbl"><xsl:value-of select="@number"/>&#8194;<xsl:value-of select="@label"/></span>
      <xsl:call-template name="span"><xsl:with-param name="class" select="'st'"/></xsl:call-template>
    </xsl:for-each>
    <hr/>
    <span class="gh">Locks held on existing tables</span>
    <xsl:for-each select="hold">
      <span class="lbl">
        <xsl:call-template name="lock"/>
        <xsl:text> </xsl:text>
        <span class="mono"><xsl:value-of select="@relation"/></span>
      </span>
      <xsl:call-template name="span"><xsl:with-param name="class" select="@tone"/></xsl:call-template>
    </xsl:for-each>
    <span></span>
    <span class="axis"><span>0</span><span><xsl:value-of select="@time"/></span></span>
    <span></span>
  </div>
</xsl:template>

<xsl:template name="span">
  <xsl:param name="class"/>
  <svg aria-hidden="true">
    <rect class="trk" width="100%" height="18" rx="4"/>
    <rect class="{$class}" x="{@x}%" width="{@width}%" height="18" rx="3"/>
  </svg>
  <span class="num"><xsl:value-of select="@time"/></span>
</xsl:template>

<!-- Source beside SQL. -->
<xsl:template match="beside">
  <div class="two src"><xsl:apply-templates/></div>
</xsl:template>

<xsl:template match="stack">
  <div class="stack"><xsl:apply-templates/></div>
</xsl:template>

<xsl:template match="section[pair]">
  <nav class="sec pairnav" id="{@id}" aria-label="Neighbours">
    <xsl:for-each select="pair/earlier"><a class="btn" href="{@href}">↓ <xsl:value-of select="."/></a></xsl:for-each>
    <xsl:for-each select="pair/later"><a class="btn" href="{@href}"><xsl:value-of select="."/> ↑</a></xsl:for-each>
  </nav>
</xsl:template>

</xsl:stylesheet>
