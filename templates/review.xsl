<?xml version="1.0" encoding="UTF-8"?>
<!-- review.xsl - what a change does to the database, on one page. -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform">

<xsl:template name="file-place">
  <xsl:if test="@file">
    <p class="place mono"><xsl:value-of select="@file"/><xsl:if test="@line">:<xsl:value-of select="@line"/></xsl:if></p>
  </xsl:if>
</xsl:template>

<xsl:template match="asks">
  <ul class="rows"><xsl:apply-templates select="ask"/></ul>
</xsl:template>

<xsl:template match="asks/ask">
  <li>
    <xsl:call-template name="icon">
      <xsl:with-param name="name" select="@tone"/>
      <xsl:with-param name="class" select="concat('c-', @tone)"/>
    </xsl:call-template>
    <div>
      <h3><xsl:call-template name="severity"/><xsl:apply-templates select="title"/></h3>
      <xsl:call-template name="file-place"/>
      <xsl:if test="detail"><p><xsl:apply-templates select="detail"/></p></xsl:if>
      <xsl:if test="advice"><p class="fix"><xsl:apply-templates select="advice"/></p></xsl:if>
      <xsl:for-each select="fix">
        <figure class="code">
          <figcaption><span><xsl:value-of select="@label"/></span><xsl:call-template name="copy-button"/></figcaption>
          <pre tabindex="0"><code><xsl:copy-of select="code/node()"/></code></pre>
        </figure>
      </xsl:for-each>
    </div>
  </li>
</xsl:template>

<xsl:template match="ask/title | question/text | question/who | question/why | question/depends | back/text | back/loss | back/unproved | sentence | index/cost">
  <xsl:apply-templates/>
</xsl:template>

<xsl:template match="questions">
  <ul class="first">
    <xsl:for-each select="question">
      <li>
        <h3><xsl:value-of select="@kind"/></h3>
        <p><xsl:apply-templates select="text"/></p>
        <xsl:if test="who or depends">
          <dl>
            <xsl:if test="who"><div><dt>Ask</dt><dd><xsl:apply-templates select="who"/><xsl:text> (</xsl:text><xsl:apply-templates select="why"/>)</dd></div></xsl:if>
            <xsl:if test="depends"><div><dt>On it depend</dt><dd><xsl:apply-templates select="depends"/></dd></div></xsl:if>
          </dl>
        </xsl:if>
      </li>
    </xsl:for-each>
  </ul>
</xsl:template>

<xsl:template name="sign">
  <span class="g {@sign}" aria-hidden="true">
    <xsl:choose>
      <xsl:when test="@sign = 'add'">+</xsl:when>
      <xsl:when test="@sign = 'del'">−</xsl:when>
      <xsl:otherwise>~</xsl:otherwise>
    </xsl:choose>
  </span>
</xsl:template>

<xsl:template match="diff-map">
  <div class="er-wrap fit" tabindex="0" role="region" aria-label="Diagram of the changes"><xsl:copy-of select="*"/></div>
</xsl:template>

<xsl:template match="dgrps">
  <div class="two"><xsl:apply-templates select="dgrp"/></div>
</xsl:template>

<xsl:template match="dgrps/dgrp">
  <div class="dgrp">
    <h3>
      <xsl:call-template name="sign"/>
      <span class="mono"><xsl:call-template name="breakable"><xsl:with-param name="text" select="@name"/></xsl:call-template></span>
      <span class="small muted">
        <xsl:choose>
          <xsl:when test="@sign = 'add'">new </xsl:when>
          <xsl:when test="@sign = 'del'">gone: </xsl:when>
          <xsl:otherwise>changed </xsl:otherwise>
        </xsl:choose>
        <xsl:value-of select="@kind"/>
        <xsl:value-of select="@schemas"/>
      </span>
    </h3>
    <xsl:apply-templates select="changes"/>
  </div>
</xsl:template>

<xsl:template match="stages">
  <dl class="facts">
    <xsl:for-each select="stage">
      <div><dt class="mono"><xsl:value-of select="@name"/></dt><dd><xsl:apply-templates select="text"/></dd></div>
    </xsl:for-each>
  </dl>
</xsl:template>

<xsl:template match="stage/text"><xsl:apply-templates/></xsl:template>

<xsl:template match="stops">
  <div class="scroll">
    <table class="dt cardy" role="table">
      <thead role="rowgroup">
        <tr role="row">
          <th role="columnheader" scope="col">Migration</th>
          <th role="columnheader" scope="col">Going up</th>
          <th role="columnheader" scope="col">Going down</th>
        </tr>
      </thead>
      <tbody role="rowgroup">
        <xsl:for-each select="migration">
          <tr role="row">
            <th scope="row" role="rowheader" class="full">
              <span class="mono"><xsl:call-template name="breakable"><xsl:with-param name="text" select="@name"/></xsl:call-template></span>
              <span class="sub mono"><xsl:value-of select="@version"/></span>
            </th>
            <td role="cell" class="full" data-l="Going up"><xsl:apply-templates select="up" mode="locks"/></td>
            <td role="cell" class="full" data-l="Going down"><xsl:apply-templates select="down" mode="locks"/></td>
          </tr>
        </xsl:for-each>
      </tbody>
    </table>
  </div>
</xsl:template>

<xsl:template match="up | down" mode="locks">
  <xsl:if test="not(lock)"><span class="muted">none</span></xsl:if>
  <xsl:for-each select="lock">
    <div class="held">
      <xsl:call-template name="lock"/>
      <xsl:text> </xsl:text>
      <span class="mono small"><xsl:value-of select="@relation"/></span>
      <xsl:if test="@rewrites"><xsl:text> </xsl:text><span class="c-bad small">written anew</span></xsl:if>
      <xsl:if test="@scans and not(@rewrites)"><xsl:text> </xsl:text><span class="c-warn small">read in full</span></xsl:if>
      <xsl:if test="@size"><xsl:text> </xsl:text><span class="small muted"><xsl:value-of select="@size"/></span></xsl:if>
    </div>
  </xsl:for-each>
</xsl:template>

<xsl:template match="backs">
  <xsl:if test=".//task">
    <div class="sec-head js-only no-print">
      <div class="progress">
        <svg class="bar" aria-hidden="true"><rect width="100%" height="100%" rx="3"/><rect class="v ok" width="0" height="100%" rx="3"/></svg>
        <output>0 of <xsl:value-of select="count(.//task)"/> done</output>
      </div>
      <div class="badges"><button type="button" class="btn" data-reset="">Remove all ticks</button></div>
    </div>
  </xsl:if>
  <div class="backs"><xsl:apply-templates select="back"/></div>
</xsl:template>

<xsl:template match="backs/back">
  <div class="back">
    <h3 class="badges">
      <span class="mono"><xsl:call-template name="breakable"><xsl:with-param name="text" select="@name"/></xsl:call-template></span>
      <xsl:apply-templates select="badge"/>
    </h3>
    <p><xsl:apply-templates select="text"/><xsl:if test="loss">; <xsl:apply-templates select="loss"/></xsl:if>.
      <span class="muted">Up <xsl:value-of select="@up"/>, down <xsl:value-of select="@down"/>, up again <xsl:value-of select="@again"/>.</span></p>
    <xsl:for-each select="unproved"><p class="warnline">Not proved: <xsl:apply-templates select="."/></p></xsl:for-each>
    <xsl:if test="changes">
      <p class="small muted">What down does not bring back:</p>
      <xsl:apply-templates select="changes"/>
    </xsl:if>
    <xsl:for-each select="runbook-of">
      <details class="alt">
        <summary>Runbook</summary>
        <div class="runbook-of">
          <p class="badges"><xsl:apply-templates select="badge"/></p>
          <xsl:apply-templates select="verdict"/>
          <xsl:if test="problem"><p class="hint">Not all of it was executed: <xsl:apply-templates select="problem"/></p></xsl:if>
          <xsl:apply-templates select="section"/>
        </div>
      </details>
    </xsl:for-each>
  </div>
</xsl:template>

<xsl:template match="built">
  <div class="scroll">
    <table class="dt cardy" role="table">
      <thead role="rowgroup">
        <tr role="row">
          <th role="columnheader" scope="col">Index</th>
          <th role="columnheader" scope="col">Why it exists</th>
          <th role="columnheader" scope="col">What building it takes</th>
          <xsl:if test="index/help"><th role="columnheader" scope="col">Queries that it helps</th></xsl:if>
        </tr>
      </thead>
      <tbody role="rowgroup">
        <xsl:for-each select="index">
          <tr role="row">
            <th scope="row" role="rowheader" class="full">
              <span class="mono"><xsl:call-template name="breakable"><xsl:with-param name="text" select="@name"/></xsl:call-template></span>
              <span class="sub"><xsl:apply-templates select="chips"/></span>
            </th>
            <td role="cell" class="full">
              <xsl:choose>
                <xsl:when test="reason"><xsl:value-of select="reason"/></xsl:when>
                <xsl:otherwise><span class="b warn"><xsl:call-template name="icon"><xsl:with-param name="name" select="'warn'"/></xsl:call-template>No reason written</span></xsl:otherwise>
              </xsl:choose>
              <xsl:if test="badge"><span class="sub badges"><xsl:apply-templates select="badge"/></span></xsl:if>
            </td>
            <td role="cell" class="full"><xsl:apply-templates select="cost"/></td>
            <xsl:if test="../index/help"><td role="cell" class="full"><xsl:call-template name="helps"/></td></xsl:if>
          </tr>
        </xsl:for-each>
      </tbody>
    </table>
  </div>
</xsl:template>

<xsl:template name="helps">
  <xsl:for-each select="help"><span class="sub"><xsl:apply-templates select="."/></span></xsl:for-each>
</xsl:template>

<xsl:template match="unbuilt">
  <div class="scroll">
    <table class="dt cardy" role="table">
      <thead role="rowgroup">
        <tr role="row">
          <th role="columnheader" scope="col">Index</th>
          <th role="columnheader" scope="col">Queries that it served</th>
        </tr>
      </thead>
      <tbody role="rowgroup">
        <xsl:for-each select="index">
          <tr role="row">
            <th scope="row" role="rowheader" class="full">
              <span class="mono"><xsl:call-template name="breakable"><xsl:with-param name="text" select="@name"/></xsl:call-template></span>
              <span class="sub"><xsl:apply-templates select="chips"/></span>
            </th>
            <td role="cell" class="full"><xsl:call-template name="helps"/></td>
          </tr>
        </xsl:for-each>
      </tbody>
    </table>
  </div>
</xsl:template>

<xsl:template match="fold">
  <details class="alt">
    <summary><xsl:value-of select="@title"/></summary>
    <xsl:apply-templates/>
  </details>
</xsl:template>

<xsl:template match="sentences">
  <ul class="rows"><xsl:for-each select="sentence"><li>
    <xsl:call-template name="icon"><xsl:with-param name="name" select="'warn'"/><xsl:with-param name="class" select="'c-warn'"/></xsl:call-template>
    <p><xsl:apply-templates select="."/></p>
  </li></xsl:for-each></ul>
</xsl:template>

</xsl:stylesheet>
