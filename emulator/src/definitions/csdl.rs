//! `$metadata`: the tables as CSDL, as sparse as Dataverse's own, without facets.

use crate::schema::{Column, Kind, Navigation, Schema, Table};

/// The XML document.
pub(super) fn document(schema: &Schema) -> String {
    let mut out = String::from(
        "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n\
         <edmx:Edmx Version=\"4.0\" xmlns:edmx=\"http://docs.oasis-open.org/odata/ns/edmx\">\n  <edmx:DataServices>\n    \
         <Schema Namespace=\"Microsoft.Dynamics.CRM\" Alias=\"mscrm\" xmlns=\"http://docs.oasis-open.org/odata/ns/edm\">\n      \
         <EntityType Name=\"crmbaseentity\" Abstract=\"true\" />\n      \
         <EntityType Name=\"principal\" BaseType=\"mscrm.crmbaseentity\" Abstract=\"true\">\n        \
         <Key>\n          <PropertyRef Name=\"ownerid\" />\n        </Key>\n        \
         <Property Name=\"ownerid\" Type=\"Edm.Guid\" />\n      </EntityType>\n",
    );
    for table in schema.tables() {
        entity_type(schema, table, &mut out);
    }
    out.push_str(FUNCTIONS_AND_ACTIONS);
    out.push_str("      <EntityContainer Name=\"System\">\n");
    for table in schema.tables() {
        entity_set(schema, table, &mut out);
    }
    out.push_str(IMPORTS);
    out.push_str("      </EntityContainer>\n    </Schema>\n  </edmx:DataServices>\n</edmx:Edmx>\n");
    out
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('"', "&quot;")
}

/// Users and teams have the base type that owners have.
fn is_principal(table: &Table) -> bool {
    table.column("ownerid").is_some_and(|column| matches!(column.kind, Kind::Guid))
}

fn entity_type(schema: &Schema, table: &Table, out: &mut String) {
    let principal = is_principal(table);
    let base = if principal { "principal" } else { "crmbaseentity" };
    out.push_str(&format!(
        "      <EntityType Name=\"{}\" BaseType=\"mscrm.{base}\">\n",
        escaped(&table.logical_name)
    ));
    if !principal {
        let key = escaped(&table.primary_id);
        out.push_str(&format!("        <Key>\n          <PropertyRef Name=\"{key}\" />\n        </Key>\n"));
    }
    for column in
        table.stored().filter(|column| column.readable && !(principal && column.logical_name == "ownerid"))
    {
        property(column, out);
    }
    for navigation in &table.navigations {
        navigation_property(schema, table, navigation, out);
    }
    out.push_str("      </EntityType>\n");
}

fn property(column: &Column, out: &mut String) {
    let facet = match column.kind.edm() {
        "Edm.String" => " Unicode=\"false\"",
        "Edm.Decimal" => " Scale=\"Variable\"",
        _ => "",
    };
    let (name, edm) = (escaped(&column.property()), column.kind.edm());
    out.push_str(&format!("        <Property Name=\"{name}\" Type=\"{edm}\"{facet} />\n"));
}

/// The type that a single-valued navigation property leads to.
fn target_type<'t>(schema: &Schema, targets: &'t [String]) -> Option<&'t str> {
    match targets {
        [one] => schema.table(one).map(|_| one.as_str()),
        _ => Some("principal"),
    }
}

fn navigation_property(schema: &Schema, table: &Table, navigation: &Navigation, out: &mut String) {
    match navigation {
        Navigation::One { name, column, targets } => {
            let Some(target) = target_type(schema, targets) else { return };
            let key = schema.table(target).map_or("ownerid", |table| table.primary_id.as_str());
            let property = table.column(column).map(Column::property).unwrap_or_default();
            out.push_str(&format!(
                "        <NavigationProperty Name=\"{}\" Type=\"mscrm.{}\" Nullable=\"false\">\n          \
                 <ReferentialConstraint Property=\"{}\" ReferencedProperty=\"{}\" />\n        </NavigationProperty>\n",
                escaped(name),
                escaped(target),
                escaped(&property),
                escaped(key)
            ));
        }
        Navigation::Many { name, table, .. } | Navigation::Association { name, table, .. } => {
            out.push_str(&format!(
                "        <NavigationProperty Name=\"{}\" Type=\"Collection(mscrm.{})\" />\n",
                escaped(name),
                escaped(table)
            ));
        }
    }
}

fn entity_set(schema: &Schema, table: &Table, out: &mut String) {
    out.push_str(&format!(
        "        <EntitySet Name=\"{}\" EntityType=\"Microsoft.Dynamics.CRM.{}\">\n",
        escaped(&table.entity_set_name),
        escaped(&table.logical_name)
    ));
    for navigation in &table.navigations {
        let target = match navigation {
            Navigation::One { targets, .. } => match targets.as_slice() {
                [one] => one,
                _ => continue,
            },
            Navigation::Many { table, .. } | Navigation::Association { table, .. } => table,
        };
        if let Some(target) = schema.table(target) {
            out.push_str(&format!(
                "          <NavigationPropertyBinding Path=\"{}\" Target=\"{}\" />\n",
                escaped(navigation.name()),
                escaped(&target.entity_set_name)
            ));
        }
    }
    out.push_str("        </EntitySet>\n");
}

const FUNCTIONS_AND_ACTIONS: &str = r#"      <EnumType Name="AccessRights" IsFlags="true">
        <Member Name="None" Value="0" />
        <Member Name="ReadAccess" Value="1" />
        <Member Name="WriteAccess" Value="2" />
        <Member Name="AppendAccess" Value="4" />
        <Member Name="AppendToAccess" Value="16" />
        <Member Name="CreateAccess" Value="32" />
        <Member Name="DeleteAccess" Value="65536" />
        <Member Name="ShareAccess" Value="262144" />
        <Member Name="AssignAccess" Value="524288" />
      </EnumType>
      <ComplexType Name="BooleanManagedProperty">
        <Property Name="Value" Type="Edm.Boolean" Nullable="false" />
        <Property Name="CanBeChanged" Type="Edm.Boolean" Nullable="false" />
        <Property Name="ManagedPropertyLogicalName" Type="Edm.String" Unicode="false" />
      </ComplexType>
      <ComplexType Name="PrincipalAccess">
        <Property Name="AccessMask" Type="mscrm.AccessRights" Nullable="false" />
        <NavigationProperty Name="Principal" Type="mscrm.crmbaseentity" />
      </ComplexType>
      <ComplexType Name="WhoAmIResponse">
        <Property Name="BusinessUnitId" Type="Edm.Guid" Nullable="false" />
        <Property Name="UserId" Type="Edm.Guid" Nullable="false" />
        <Property Name="OrganizationId" Type="Edm.Guid" Nullable="false" />
      </ComplexType>
      <ComplexType Name="IsValidStateTransitionResponse">
        <Property Name="IsValid" Type="Edm.Boolean" Nullable="false" />
      </ComplexType>
      <ComplexType Name="RetrievePrincipalAccessResponse">
        <Property Name="AccessRights" Type="mscrm.AccessRights" Nullable="false" />
      </ComplexType>
      <ComplexType Name="RetrieveSharedPrincipalsAndAccessResponse">
        <Property Name="PrincipalAccesses" Type="Collection(mscrm.PrincipalAccess)" Nullable="false" />
      </ComplexType>
      <Action Name="GrantAccess">
        <Parameter Name="Target" Type="mscrm.crmbaseentity" Nullable="false" />
        <Parameter Name="PrincipalAccess" Type="mscrm.PrincipalAccess" />
      </Action>
      <Action Name="ModifyAccess">
        <Parameter Name="Target" Type="mscrm.crmbaseentity" Nullable="false" />
        <Parameter Name="PrincipalAccess" Type="mscrm.PrincipalAccess" />
      </Action>
      <Action Name="RevokeAccess">
        <Parameter Name="Target" Type="mscrm.crmbaseentity" Nullable="false" />
        <Parameter Name="Revokee" Type="mscrm.crmbaseentity" Nullable="false" />
      </Action>
      <Function Name="WhoAmI">
        <ReturnType Type="mscrm.WhoAmIResponse" Nullable="false" />
      </Function>
      <Function Name="IsValidStateTransition">
        <Parameter Name="Entity" Type="mscrm.crmbaseentity" Nullable="false" />
        <Parameter Name="NewState" Type="Edm.String" Nullable="false" Unicode="false" />
        <Parameter Name="NewStatus" Type="Edm.Int32" Nullable="false" />
        <ReturnType Type="mscrm.IsValidStateTransitionResponse" Nullable="false" />
      </Function>
      <Function Name="RetrieveSharedPrincipalsAndAccess">
        <Parameter Name="Target" Type="mscrm.crmbaseentity" Nullable="false" />
        <ReturnType Type="mscrm.RetrieveSharedPrincipalsAndAccessResponse" Nullable="false" />
      </Function>
      <Function Name="RetrievePrincipalAccess" IsBound="true">
        <Parameter Name="entity" Type="mscrm.principal" Nullable="false" />
        <Parameter Name="Target" Type="mscrm.crmbaseentity" Nullable="false" />
        <ReturnType Type="mscrm.RetrievePrincipalAccessResponse" Nullable="false" />
      </Function>
"#;

const IMPORTS: &str = r#"        <ActionImport Name="GrantAccess" Action="Microsoft.Dynamics.CRM.GrantAccess" />
        <ActionImport Name="ModifyAccess" Action="Microsoft.Dynamics.CRM.ModifyAccess" />
        <ActionImport Name="RevokeAccess" Action="Microsoft.Dynamics.CRM.RevokeAccess" />
        <FunctionImport Name="WhoAmI" Function="Microsoft.Dynamics.CRM.WhoAmI" />
        <FunctionImport Name="IsValidStateTransition" Function="Microsoft.Dynamics.CRM.IsValidStateTransition" />
        <FunctionImport Name="RetrieveSharedPrincipalsAndAccess"
          Function="Microsoft.Dynamics.CRM.RetrieveSharedPrincipalsAndAccess" />
"#;
