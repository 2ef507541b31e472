<?xml version="1.0" encoding="UTF-8"?>
<!-- runbooks.xsl - all runbooks on a list, and one as a checklist for screen and paper. -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform">

<xsl:template match="runbooks">
  <div class="scroll">
    <table class="dt cardy" role="table">
      <thead role="rowgroup">
        <tr role="row">
          <th scope="col" role="columnheader">Migration</th>
          <th scope="col" role="columnheader">Way down</th>
          <th scope="col" role="columnheader">Data</th>
          <th scope="col" role="columnheader">Strongest lock</th>
          <th scope="col" role="columnheader">Advice</th>
        </tr>
      </thead>
      <tbody role="rowgroup"><xsl:apply-templates select="runbook"/></tbody>
    </table>
  </div>
</xsl:template>

<xsl:template match="runbooks/runbook">
  <tr role="row">
    <td class="full" role="cell">
      <a class="mono" href="{@href}"><xsl:call-template name="breakable"><xsl:with-param name="text" select="@name"/></xsl:call-template></a>
      <span class="sub mono"><xsl:value-of select="@version"/></span>
    </td>
    <td role="cell" data-l="Way down"><span class="badges"><xsl:apply-templates select="badge"/></span></td>
    <td role="cell" data-l="Data">
      <xsl:value-of select="@loss"/>
      <xsl:if test="@class"><span class="sub"><xsl:value-of select="@class"/></span></xsl:if>
    </td>
    <td role="cell" data-l="Lock">
      <xsl:choose>
        <xsl:when test="lock"><xsl:apply-templates select="lock" mode="strokes"/></xsl:when>
        <xsl:otherwise><span class="muted">none</span></xsl:otherwise>
      </xsl:choose>
    </td>
    <td role="cell" data-l="Advice"><xsl:value-of select="@advice"/></td>
  </tr>
</xsl:template>

<xsl:template match="lock" mode="strokes">
  <span class="lock {@tone}">
    <svg viewBox="0 0 38 12" aria-hidden="true">
      <xsl:call-template name="stroke"><xsl:with-param name="place" select="1"/></xsl:call-template>
    </svg>
    <xsl:value-of select="@mode"/>
    <span class="sr"> (level <xsl:value-of select="@level"/> of 8)</span>
  </span>
</xsl:template>

<!-- Ticks are counted by the script; who signs does it on paper. -->
<xsl:template match="section[progress]">
  <xsl:if test="../section/tasks">
    <div class="sec-head">
      <div class="progress js-only">
        <svg class="bar" aria-hidden="true"><rect width="100%" height="100%" rx="3"/><rect class="v ok" width="0" height="100%" rx="3"/></svg>
        <output>0 of <xsl:value-of select="count(../section/tasks/task)"/> done</output>
      </div>
      <div class="badges no-print js-only">
        <button type="button" class="btn" data-reset="">Remove all ticks</button>
        <button type="button" class="btn pri" data-print="">Print</button>
      </div>
    </div>
  </xsl:if>
  <xsl:if test="problem"><p class="hint">Not all of it was executed: <xsl:apply-templates select="problem"/></p></xsl:if>
  <div class="sign"><span>Started at</span><span>By</span><span>Approved by</span></div>
</xsl:template>

<xsl:template match="problem | task/label | task/text | task/expect | task/words | fact/head | fact/text | reach/text | choice/text">
  <xsl:apply-templates/>
</xsl:template>

<xsl:template match="section[@letter]">
  <section class="phase" id="{@id}">
    <h2><span class="no"><xsl:value-of select="@letter"/></span><xsl:value-of select="@title"/></h2>
    <xsl:apply-templates/>
  </section>
</xsl:template>

<xsl:template match="choices">
  <div class="pair">
    <xsl:for-each select="choice">
      <div><h3><xsl:value-of select="@title"/></h3><p><xsl:apply-templates select="text"/></p></div>
    </xsl:for-each>
  </div>
</xsl:template>

<xsl:template match="brief">
  <table class="dt kv">
    <tbody>
      <xsl:for-each select="reach">
        <tr>
          <th scope="row">
            <xsl:choose>
              <xsl:when test="@href"><a class="mono" href="{@href}"><xsl:value-of select="@name"/></a></xsl:when>
              <xsl:otherwise><span class="mono"><xsl:value-of select="@name"/></span></xsl:otherwise>
            </xsl:choose>
          </th>
          <td>
            <xsl:for-each select="lock">
              <xsl:apply-templates select="." mode="strokes"/>
              <xsl:text>: </xsl:text>
              <xsl:value-of select="@blocks"/>
              <xsl:text> must wait</xsl:text>
            </xsl:for-each>
            <xsl:if test="@size"><span class="sub"><xsl:value-of select="@size"/></span></xsl:if>
            <xsl:if test="text"><span class="sub"><xsl:apply-templates select="text"/></span></xsl:if>
          </td>
        </tr>
      </xsl:for-each>
      <xsl:for-each select="fact">
        <tr><th scope="row"><xsl:apply-templates select="head"/></th><td><xsl:apply-templates select="text"/><xsl:for-each select="words"><div class="prose"><xsl:copy-of select="node()"/></div></xsl:for-each></td></tr>
      </xsl:for-each>
    </tbody>
  </table>
</xsl:template>

<xsl:template match="tasks">
  <ol class="check">
    <xsl:for-each select="task">
      <li>
        <input type="checkbox" id="{@id}"/>
        <div>
          <label for="{@id}"><span class="no"><xsl:value-of select="@number"/></span><xsl:text> </xsl:text><xsl:apply-templates select="label"/></label>
          <xsl:if test="text"><p><xsl:apply-templates select="text"/></p></xsl:if>
          <xsl:choose>
            <xsl:when test="@long">
              <details class="alt no-print"><summary>The query</summary><xsl:apply-templates select="code"/></details>
              <p class="paper">The query is too long for paper: take it from the screen.</p>
            </xsl:when>
            <xsl:when test="@late">
              <div class="no-print"><xsl:apply-templates select="code"/></div>
              <p class="paper">It comes later, if at all: take the SQL from the screen.</p>
            </xsl:when>
            <xsl:otherwise><xsl:apply-templates select="code"/></xsl:otherwise>
          </xsl:choose>
          <xsl:if test="expect or badge">
            <div class="expect">
              <xsl:if test="expect"><span><b>Expect:</b><xsl:text> </xsl:text><xsl:apply-templates select="expect"/></span></xsl:if>
              <xsl:apply-templates select="badge"/>
              <xsl:apply-templates select="lock" mode="strokes"/>
            </div>
          </xsl:if>
          <xsl:if test="words"><p class="warnline"><xsl:apply-templates select="words"/></p></xsl:if>
        </div>
      </li>
    </xsl:for-each>
  </ol>
</xsl:template>

</xsl:stylesheet>
