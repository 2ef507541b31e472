<?xml version="1.0" encoding="UTF-8"?>
<!-- access.xsl - who may do what: on one object, of one role, and all roles beside all schemas. -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform">

<xsl:template name="role-link">
  <xsl:choose>
    <xsl:when test="@href"><a class="mono" href="{@href}"><xsl:value-of select="."/></a></xsl:when>
    <xsl:otherwise><span class="mono"><xsl:value-of select="."/></span></xsl:otherwise>
  </xsl:choose>
</xsl:template>

<xsl:template name="who-name">
  <th scope="row" role="rowheader" class="full">
    <xsl:for-each select="name"><xsl:call-template name="role-link"/></xsl:for-each>
    <xsl:value-of select="all"/>
    <xsl:if test="all"><span class="sub">PUBLIC: every role there is</span></xsl:if>
    <xsl:if test="badge"><span class="badges"><xsl:apply-templates select="badge"/></span></xsl:if>
  </th>
</xsl:template>

<xsl:template match="access">
  <div class="scroll">
    <table class="dt cardy" role="table">
      <thead role="rowgroup">
        <tr role="row">
          <th role="columnheader" scope="col">Role</th>
          <th role="columnheader" scope="col">May</th>
          <th role="columnheader" scope="col">Why</th>
        </tr>
      </thead>
      <tbody role="rowgroup">
        <xsl:for-each select="who">
          <tr role="row">
            <xsl:call-template name="who-name"/>
            <td role="cell" class="full">
              <xsl:if test="not(may or some)"><span class="muted">nothing</span></xsl:if>
              <xsl:value-of select="may"/>
              <xsl:for-each select="some">
                <span class="sub"><xsl:value-of select="@may"/> of <xsl:call-template name="names-of"/></span>
              </xsl:for-each>
              <xsl:apply-templates select="rows" mode="access"/>
            </td>
            <td role="cell" class="full"><xsl:call-template name="ways"/></td>
          </tr>
        </xsl:for-each>
      </tbody>
    </table>
  </div>
  <xsl:if test="@more"><p class="hint">And <xsl:value-of select="@more"/> that are members of these.</p></xsl:if>
</xsl:template>

<xsl:template name="names-of">
  <xsl:for-each select="of">
    <xsl:if test="position() > 1">, </xsl:if>
    <xsl:call-template name="role-link"/>
  </xsl:for-each>
</xsl:template>

<xsl:template match="rows" mode="access">
  <span class="sub">
    <xsl:choose>
      <xsl:when test="@which = 'owner'">All rows: policies do not bind the owner.</xsl:when>
      <xsl:when test="@which = 'passes'">All rows: policies do not bind it.</xsl:when>
      <xsl:when test="@which = 'none'">No row: no policy is for it.</xsl:when>
      <xsl:otherwise>
        <xsl:text>Rows by </xsl:text>
        <xsl:for-each select="policy">
          <xsl:if test="position() > 1">, </xsl:if>
          <a class="mono" href="{@href}"><xsl:value-of select="."/></a>
        </xsl:for-each>
      </xsl:otherwise>
    </xsl:choose>
  </span>
</xsl:template>

<xsl:template name="ways">
  <xsl:for-each select="way">
    <xsl:if test="position() > 1"><br/></xsl:if>
    <xsl:if test="@may"><xsl:value-of select="@may"/>: </xsl:if>
    <xsl:choose>
      <xsl:when test="@sign = 'all'">everybody may</xsl:when>
      <xsl:when test="via">
        <xsl:text>member of </xsl:text>
        <xsl:for-each select="via">
          <xsl:if test="position() > 1">, which is a member of </xsl:if>
          <xsl:call-template name="role-link"/>
        </xsl:for-each>
        <xsl:if test="@sign = 'owner'">, the owner</xsl:if>
      </xsl:when>
      <xsl:when test="@sign = 'owner'">owner</xsl:when>
      <xsl:otherwise>granted</xsl:otherwise>
    </xsl:choose>
    <xsl:if test="@grants"><span class="sub">may grant <xsl:value-of select="@grants"/> to others</span></xsl:if>
  </xsl:for-each>
</xsl:template>

<!-- A role -->

<xsl:template match="memberships">
  <ul class="az">
    <xsl:for-each select="membership">
      <li>
        <xsl:for-each select="name"><xsl:call-template name="role-link"/></xsl:for-each>
        <xsl:if test="@inherit or @set or @admin">
          <span class="sub">
            <xsl:if test="@inherit">without its rights<xsl:if test="not(@set)">, until SET ROLE</xsl:if>. </xsl:if>
            <xsl:if test="@set">May not SET ROLE to it. </xsl:if>
            <xsl:if test="@admin">May let others in.</xsl:if>
          </span>
        </xsl:if>
      </li>
    </xsl:for-each>
  </ul>
</xsl:template>

<xsl:template match="settings">
  <ul class="az">
    <xsl:for-each select="setting">
      <li class="mono"><xsl:value-of select="."/><xsl:if test="@where"><span class="sub"><xsl:value-of select="@where"/></span></xsl:if></li>
    </xsl:for-each>
  </ul>
</xsl:template>

<xsl:template match="powers">
  <div class="scroll">
    <table class="dt cardy" role="table">
      <thead role="rowgroup">
        <tr role="row">
          <th role="columnheader" scope="col">Schema</th>
          <th role="columnheader" scope="col">What</th>
          <th role="columnheader" scope="col">May</th>
          <th role="columnheader" scope="col">Why</th>
        </tr>
      </thead>
      <tbody role="rowgroup">
        <xsl:for-each select="power">
          <tr role="row">
            <th scope="row" role="rowheader" class="full">
              <span class="mono"><xsl:value-of select="@schema"/></span>
              <xsl:if test="badge"><span class="badges"><xsl:apply-templates select="badge"/></span></xsl:if>
            </th>
            <td role="cell" class="full">
              <xsl:value-of select="@what"/>
              <xsl:if test="not(@what)">the schema itself</xsl:if>
              <xsl:if test="@what and of">
                <span class="sub">
                  <xsl:call-template name="names-of"/>
                  <xsl:if test="@more"> and <xsl:value-of select="@more"/> more</xsl:if>
                </span>
              </xsl:if>
            </td>
            <td role="cell" data-l="May"><xsl:value-of select="may"/></td>
            <td role="cell" data-l="Why"><xsl:call-template name="ways"/></td>
          </tr>
        </xsl:for-each>
      </tbody>
    </table>
  </div>
</xsl:template>

<xsl:template name="becomes">
  <xsl:text>By SET ROLE it may become </xsl:text>
  <xsl:for-each select="becomes">
    <xsl:if test="position() > 1">, </xsl:if>
    <xsl:call-template name="role-link"/>
  </xsl:for-each>
</xsl:template>

<xsl:template match="becoming"><xsl:if test="becomes"><p class="hint"><xsl:call-template name="becomes"/>.</p></xsl:if></xsl:template>

<!-- All roles -->

<xsl:template match="matrix">
  <xsl:variable name="heads" select="col"/>
  <div class="scroll">
    <table class="dt cardy" role="table">
      <thead role="rowgroup">
        <tr role="row">
          <th role="columnheader" scope="col">Role</th>
          <xsl:for-each select="col">
            <th role="columnheader" scope="col">
              <xsl:if test="@schema"><xsl:attribute name="class">mono</xsl:attribute></xsl:if>
              <xsl:value-of select="."/>
            </th>
          </xsl:for-each>
        </tr>
      </thead>
      <tbody role="rowgroup">
        <xsl:for-each select="who">
          <tr role="row">
            <th scope="row" role="rowheader" class="full">
              <xsl:for-each select="name"><xsl:call-template name="role-link"/></xsl:for-each>
              <xsl:value-of select="all"/>
              <xsl:if test="badge"><span class="badges"><xsl:apply-templates select="badge"/></span></xsl:if>
              <xsl:if test="summary"><span class="sub"><xsl:apply-templates select="summary"/></span></xsl:if>
              <xsl:if test="becomes"><span class="sub"><xsl:call-template name="becomes"/></span></xsl:if>
            </th>
            <xsl:if test="@everything"><td role="cell" colspan="{count($heads)}">everything, as a superuser</td></xsl:if>
            <xsl:if test="@nothing"><td role="cell" class="muted" colspan="{count($heads)}">nothing</td></xsl:if>
            <xsl:for-each select="cell[not(../@nothing)]">
              <xsl:variable name="place" select="position()"/>
              <td role="cell" data-l="{$heads[position() = $place]}">
                <xsl:if test="not(node())"><xsl:attribute name="class">nil</xsl:attribute></xsl:if>
                <xsl:value-of select="."/>
              </td>
            </xsl:for-each>
          </tr>
        </xsl:for-each>
      </tbody>
    </table>
  </div>
</xsl:template>

<xsl:template match="defaults">
  <div class="scroll">
    <table class="dt cardy" role="table">
      <thead role="rowgroup">
        <tr role="row">
          <th role="columnheader" scope="col">What</th>
          <th role="columnheader" scope="col">Made by</th>
          <th role="columnheader" scope="col">In schema</th>
          <th role="columnheader" scope="col">Who may do what</th>
        </tr>
      </thead>
      <tbody role="rowgroup">
        <xsl:for-each select="default">
          <tr role="row">
            <th scope="row" role="rowheader" class="full"><xsl:value-of select="@what"/></th>
            <td role="cell" data-l="Made by">
              <xsl:for-each select="name"><xsl:call-template name="role-link"/></xsl:for-each>
              <xsl:if test="not(name)">the migrating role</xsl:if>
            </td>
            <td role="cell" data-l="In schema">
              <xsl:choose>
                <xsl:when test="@schema"><span class="mono"><xsl:value-of select="@schema"/></span></xsl:when>
                <xsl:otherwise>any</xsl:otherwise>
              </xsl:choose>
            </td>
            <td role="cell" class="full">
              <xsl:if test="not(grant)">nobody but the owner</xsl:if>
              <xsl:for-each select="grant"><xsl:if test="position() > 1"><br/></xsl:if><xsl:value-of select="."/></xsl:for-each>
            </td>
          </tr>
        </xsl:for-each>
      </tbody>
    </table>
  </div>
</xsl:template>

</xsl:stylesheet>
