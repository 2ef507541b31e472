<?xml version="1.0" encoding="UTF-8"?>
<!-- queries.xsl - queries on a list, and what one of them reads and writes. -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform">

<xsl:template match="queries">
  <div class="scroll">
    <table class="dt cardy" role="table">
      <thead role="rowgroup">
        <tr role="row">
          <th scope="col" role="columnheader">Query</th>
          <th scope="col" role="columnheader" class="wide-col">What it is for</th>
          <xsl:if test="@costs"><th scope="col" role="columnheader">Share of time</th></xsl:if>
          <th scope="col" role="columnheader"><xsl:value-of select="@head"/></th>
        </tr>
      </thead>
      <tbody role="rowgroup"><xsl:apply-templates select="query"/></tbody>
    </table>
  </div>
</xsl:template>

<xsl:template match="queries/query">
  <tr role="row">
    <th scope="row" class="full" role="rowheader">
      <a class="mono" href="{@href}"><xsl:call-template name="breakable"><xsl:with-param name="text" select="@name"/></xsl:call-template></a>
      <span class="sub mono"><xsl:call-template name="breakable"><xsl:with-param name="text" select="@file"/></xsl:call-template></span>
      <span class="sub badges"><xsl:apply-templates select="badge"/></span>
    </th>
    <td class="full" role="cell"><xsl:apply-templates select="summary"/><xsl:if test="@sql"><code><xsl:value-of select="@sql"/></code></xsl:if></td>
    <xsl:if test="../@costs">
      <td role="cell" data-l="Share of time">
        <xsl:if test="not(cost)"><xsl:attribute name="class">nil</xsl:attribute></xsl:if>
        <xsl:for-each select="cost">
          <div><xsl:value-of select="@share"/></div>
          <div class="small muted"><xsl:value-of select="@calls"/>, <xsl:value-of select="@total"/> together</div>
        </xsl:for-each>
      </td>
    </xsl:if>
    <td role="cell" data-l="{../@head}">
      <xsl:if test="not(relation or column or @written)"><xsl:attribute name="class">nil</xsl:attribute></xsl:if>
      <xsl:apply-templates select="relation"/>
      <xsl:call-template name="query-columns"/>
      <xsl:if test="@written"><div class="small muted">written</div></xsl:if>
    </td>
  </tr>
</xsl:template>

<!-- A relation by its name; in a list below each other. -->
<xsl:template match="queries/query/relation | query-relations/row/relation">
  <div>
    <xsl:choose>
      <xsl:when test="@href"><a class="mono" href="{@href}"><xsl:value-of select="."/></a></xsl:when>
      <xsl:otherwise><span class="mono"><xsl:value-of select="."/></span></xsl:otherwise>
    </xsl:choose>
    <xsl:if test="@written"><xsl:text> </xsl:text><span class="small muted">written</span></xsl:if>
    <xsl:if test="@unknown"><xsl:text> </xsl:text><span class="small muted">not known here</span></xsl:if>
  </div>
</xsl:template>

<xsl:template name="query-columns">
  <xsl:for-each select="column">
    <xsl:if test="position() > 1">, </xsl:if>
    <a class="mono" href="{@href}"><xsl:value-of select="."/></a>
  </xsl:for-each>
</xsl:template>

<xsl:template match="uses">
  <div class="scroll">
    <table class="dt cardy" role="table">
      <thead role="rowgroup">
        <tr role="row">
          <th scope="col" role="columnheader"><xsl:value-of select="@head"/></th>
          <th scope="col" role="columnheader">What the index does</th>
          <th scope="col" role="columnheader">By the condition</th>
          <xsl:if test="@costs"><th scope="col" role="columnheader">Without it, the query is</th></xsl:if>
        </tr>
      </thead>
      <tbody role="rowgroup"><xsl:apply-templates select="use"/></tbody>
    </table>
  </div>
</xsl:template>

<xsl:template match="uses/use">
  <tr role="row">
    <th scope="row" class="full" role="rowheader">
      <xsl:choose>
        <xsl:when test="@href"><a class="mono" href="{@href}"><xsl:call-template name="breakable"><xsl:with-param name="text" select="@name"/></xsl:call-template></a></xsl:when>
        <xsl:otherwise><span class="mono"><xsl:value-of select="@name"/></span></xsl:otherwise>
      </xsl:choose>
      <xsl:if test="@file"><span class="sub mono"><xsl:call-template name="breakable"><xsl:with-param name="text" select="@file"/></xsl:call-template></span></xsl:if>
    </th>
    <td role="cell" data-l="What the index does"><xsl:value-of select="@does"/></td>
    <td role="cell" data-l="By the condition">
      <xsl:if test="not(condition)"><xsl:attribute name="class">nil</xsl:attribute></xsl:if>
      <xsl:if test="condition"><code><xsl:value-of select="condition"/></code></xsl:if>
    </td>
    <xsl:if test="../@costs">
      <td role="cell" data-l="Without it, the query is">
        <xsl:if test="not(without)"><xsl:attribute name="class">nil</xsl:attribute></xsl:if>
        <xsl:value-of select="without"/>
      </td>
    </xsl:if>
  </tr>
</xsl:template>

<!-- A plan: what a step takes its rows from is in the list below it. -->
<xsl:template match="plan-tree">
  <div class="scroll"><xsl:call-template name="plan-steps"/></div>
</xsl:template>

<xsl:template name="plan-steps">
  <xsl:if test="plan-step"><ul class="plan" role="list"><xsl:apply-templates select="plan-step"/></ul></xsl:if>
</xsl:template>

<xsl:template match="plan-step">
  <li>
    <xsl:if test="@new"><span class="c-ok" role="img" aria-label="In its place:">+</span><xsl:text> </xsl:text></xsl:if>
    <xsl:call-template name="plan-name"/>
    <xsl:for-each select="badge"><xsl:text> </xsl:text><xsl:apply-templates select="."/></xsl:for-each>
    <xsl:apply-templates select="does"/>
    <xsl:if test="@share"><span class="sub"><xsl:value-of select="@rows"/>, <xsl:value-of select="@share"/></span></xsl:if>
    <xsl:if test="@percent">
      <svg class="bar" aria-hidden="true">
        <rect width="100%" height="100%" rx="3"/>
        <rect class="v" width="{@percent}" height="100%" rx="3"/>
      </svg>
    </xsl:if>
    <xsl:call-template name="plan-steps"/>
  </li>
</xsl:template>

<xsl:template name="plan-name">
  <xsl:if test="@part"><span class="muted"><xsl:value-of select="@part"/>: </span></xsl:if>
  <b><xsl:value-of select="@title"/></b>
  <xsl:for-each select="by"> by <xsl:call-template name="plan-object"/></xsl:for-each>
  <xsl:for-each select="of"> of <xsl:call-template name="plan-object"/></xsl:for-each>
  <xsl:if test="@alias"> as <span class="mono"><xsl:value-of select="@alias"/></span></xsl:if>
</xsl:template>

<xsl:template match="does">
  <span class="sub"><xsl:value-of select="@label"/>: <code><xsl:value-of select="."/></code></span>
</xsl:template>

<xsl:template match="hidden-indexes"><div class="stack"><xsl:apply-templates/></div></xsl:template>

<xsl:template match="hidden-index">
  <div class="dgrp">
    <h3><span><xsl:call-template name="breakable"><xsl:with-param name="text" select="@title"/></xsl:call-template></span><xsl:apply-templates select="badge"/></h3>
    <ul class="changes">
      <xsl:for-each select="plan-changes/plan-change">
        <li>
          <span class="g {@sign}" aria-hidden="true"><xsl:choose><xsl:when test="@sign = 'add'">+</xsl:when><xsl:otherwise>−</xsl:otherwise></xsl:choose></span>
          <div><span class="sr"><xsl:value-of select="@word"/>: </span><xsl:call-template name="plan-name"/><xsl:apply-templates select="does"/></div>
        </li>
      </xsl:for-each>
    </ul>
    <details class="alt"><summary>The whole plan</summary><xsl:apply-templates select="plan-tree"/></details>
  </div>
</xsl:template>

<xsl:template name="plan-object">
  <xsl:choose>
    <xsl:when test="@href"><a class="mono" href="{@href}"><xsl:value-of select="."/></a></xsl:when>
    <xsl:otherwise><span class="mono"><xsl:value-of select="."/></span></xsl:otherwise>
  </xsl:choose>
</xsl:template>

<!-- The queries of a table and its indexes. -->
<xsl:template match="matrices"><div class="stack"><xsl:apply-templates/></div></xsl:template>

<xsl:template match="query-matrix">
  <xsl:variable name="indexes" select="column"/>
  <div class="dgrp">
    <xsl:for-each select="relation"><h3><a class="mono" href="{@href}"><xsl:value-of select="."/></a></h3></xsl:for-each>
    <div class="scroll">
      <table class="dt cardy mx" role="table">
        <thead role="rowgroup">
          <tr role="row">
            <th scope="col" role="columnheader">Query</th>
            <xsl:for-each select="column">
              <th scope="col" role="columnheader"><a class="mono" href="{@href}"><xsl:call-template name="breakable"><xsl:with-param name="text" select="."/></xsl:call-template></a></th>
            </xsl:for-each>
          </tr>
        </thead>
        <tbody role="rowgroup">
          <xsl:for-each select="line">
            <tr role="row">
              <th scope="row" class="full" role="rowheader">
                <a class="mono" href="{@href}"><xsl:call-template name="breakable"><xsl:with-param name="text" select="@name"/></xsl:call-template></a>
                <xsl:for-each select="cost"><span class="sub"><xsl:value-of select="@share"/> of the time</span></xsl:for-each>
              </th>
              <xsl:for-each select="cell">
                <xsl:variable name="place" select="position()"/>
                <td role="cell" data-l="{$indexes[position() = $place]}">
                  <xsl:if test="not(badge or @words)"><xsl:attribute name="class">nil</xsl:attribute></xsl:if>
                  <xsl:apply-templates select="badge"/><xsl:value-of select="@words"/>
                  <xsl:if test="@family"><xsl:text> </xsl:text><span class="sub"><xsl:value-of select="@family"/></span></xsl:if>
                </td>
              </xsl:for-each>
            </tr>
          </xsl:for-each>
        </tbody>
      </table>
    </div>
  </div>
</xsl:template>

<xsl:template match="query-relations">
  <div class="scroll">
    <table class="dt cardy" role="table">
      <thead role="rowgroup">
        <tr role="row">
          <th scope="col" role="columnheader">Table or view</th>
          <th scope="col" role="columnheader" class="wide-col">What one row is</th>
          <th scope="col" role="columnheader">Columns that the query names</th>
        </tr>
      </thead>
      <tbody role="rowgroup"><xsl:apply-templates select="row"/></tbody>
    </table>
  </div>
</xsl:template>

<xsl:template match="query-relations/row">
  <tr role="row">
    <th scope="row" class="full" role="rowheader"><xsl:apply-templates select="relation"/></th>
    <td class="full" role="cell"><xsl:apply-templates select="summary"/></td>
    <td role="cell" data-l="Columns">
      <xsl:if test="not(column)"><xsl:attribute name="class">nil</xsl:attribute></xsl:if>
      <xsl:call-template name="query-columns"/>
    </td>
  </tr>
</xsl:template>

</xsl:stylesheet>
