//! `$metadata`: the tables and the types of definitions as CSDL, as sparse as Dataverse's own, without
//! facets.

use std::collections::HashMap;

use super::types::CSDL;
use crate::schema::{Column, Kind, Navigation, Schema, Table};

/// Returns the XML document.
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
    let collections = collections(schema);
    for table in schema.tables() {
        entity_type(schema, table, &collections, &mut out);
    }
    for line in of_definitions().lines() {
        out.push_str(&format!("      {line}\n"));
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

/// Returns the types of definitions, without the schema around them.
fn of_definitions() -> &'static str {
    let inside = CSDL.split_once('>').and_then(|(_, rest)| rest.rsplit_once("</Schema>"));
    inside.map_or("", |(inside, _)| inside.trim_matches('\n'))
}

/// The collections that lookups make, by the referenced table, the referencing table and its column.
type Collections<'s> = HashMap<(&'s str, &'s str, &'s str), &'s str>;

fn collections(schema: &Schema) -> Collections<'_> {
    let all = schema.tables().iter().flat_map(|referenced| {
        referenced.navigations.iter().filter_map(|navigation| match navigation {
            Navigation::Many { name, table, column } => {
                Some(((referenced.logical_name.as_str(), table.as_str(), column.as_str()), name.as_str()))
            }
            _ => None,
        })
    });
    all.collect()
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('"', "&quot;")
}

/// Returns whether the table has the base type `principal`, as users and teams do.
fn is_principal(table: &Table) -> bool {
    table.column("ownerid").is_some_and(|column| matches!(column.kind, Kind::Guid))
}

fn entity_type(schema: &Schema, table: &Table, collections: &Collections<'_>, out: &mut String) {
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
        navigation_property(schema, table, navigation, collections, out);
    }
    out.push_str("      </EntityType>\n");
}

fn property(column: &Column, out: &mut String) {
    // A read returns the id of a file, but the declared type is that of its content.
    let edm = if matches!(column.kind, Kind::File) { "Edm.Binary" } else { column.kind.edm() };
    let facet = match edm {
        "Edm.String" => " Unicode=\"false\"",
        "Edm.Decimal" => " Scale=\"Variable\"",
        _ => "",
    };
    let name = escaped(&column.property());
    out.push_str(&format!("        <Property Name=\"{name}\" Type=\"{edm}\"{facet} />\n"));
}

/// Returns the type that a single-valued navigation property leads to.
fn target_type<'t>(schema: &Schema, targets: &'t [String]) -> Option<&'t str> {
    match targets {
        [] => None,
        [one] => schema.table(one).map(|_| one.as_str()),
        many if many.iter().all(|each| each == "systemuser" || each == "team") => Some("principal"),
        _ => Some("crmbaseentity"),
    }
}

fn navigation_property(
    schema: &Schema,
    table: &Table,
    navigation: &Navigation,
    collections: &Collections<'_>,
    out: &mut String,
) {
    let partner =
        |name: Option<&str>| name.map_or(String::new(), |name| format!(" Partner=\"{}\"", escaped(name)));
    match navigation {
        Navigation::One { name, column, targets } => {
            let Some(target) = target_type(schema, targets) else { return };
            // Of the properties of one lookup, one is the partner of the collection.
            let first =
                table.navigations_of(column).find(|(_, targets)| targets.iter().any(|each| each == target));
            let is_first = first.is_some_and(|(first, _)| first == name);
            let key = (target, table.logical_name.as_str(), column.as_str());
            let collection = collections.get(&key).copied().filter(|_| is_first);
            let property = table.column(column).map(Column::property).unwrap_or_default();
            out.push_str(&format!(
                "        <NavigationProperty Name=\"{}\" Type=\"mscrm.{}\" Nullable=\"false\"{}",
                escaped(name),
                escaped(target),
                partner(collection),
            ));
            // A lookup to several tables refers to no property of one of them.
            let key = match target {
                "principal" => Some("ownerid"),
                _ => schema.table(target).map(|table| table.primary_id.as_str()),
            };
            let Some(key) = key else { return out.push_str(" />\n") };
            out.push_str(&format!(
                ">\n          <ReferentialConstraint Property=\"{}\" ReferencedProperty=\"{}\" />\n        \
                 </NavigationProperty>\n",
                escaped(&property),
                escaped(key)
            ));
        }
        Navigation::Many { name, table: other, column } => {
            let mut lookups = schema.table(other).into_iter().flat_map(|other| other.navigations_of(column));
            let lookup = lookups.find(|(_, targets)| targets.contains(&table.logical_name));
            collection(name, other, &partner(lookup.map(|(name, _)| name)), out);
        }
        Navigation::Association { name, table: other, intersect, .. } => {
            let mut theirs = schema.table(other).into_iter().flat_map(|other| &other.navigations);
            let theirs = theirs.find(|each| {
                matches!(each, Navigation::Association { intersect: same, name: other_name, .. }
                    if same == intersect && (other != &table.logical_name || other_name != name))
            });
            collection(name, other, &partner(theirs.map(Navigation::name).or(Some(name))), out);
        }
    }
}

fn collection(name: &str, of: &str, partner: &str, out: &mut String) {
    out.push_str(&format!(
        "        <NavigationProperty Name=\"{}\" Type=\"Collection(mscrm.{})\"{partner} />\n",
        escaped(name),
        escaped(of)
    ));
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
      <ComplexType Name="PrincipalAccess">
        <Property Name="AccessMask" Type="mscrm.AccessRights" Nullable="false" />
        <NavigationProperty Name="Principal" Type="mscrm.crmbaseentity" />
      </ComplexType>
      <ComplexType Name="RetrieveVersionResponse">
        <Property Name="Version" Type="Edm.String" Unicode="false" />
      </ComplexType>
      <ComplexType Name="EntityRecordCountCollection">
        <Property Name="Count" Type="Edm.Int32" />
        <Property Name="IsReadOnly" Type="Edm.Boolean" />
        <Property Name="Keys" Type="Collection(Edm.String)" Nullable="false" Unicode="false" />
        <Property Name="Values" Type="Collection(Edm.Int64)" Nullable="false" />
      </ComplexType>
      <ComplexType Name="RetrieveTotalRecordCountResponse">
        <Property Name="EntityRecordCountCollection" Type="mscrm.EntityRecordCountCollection" />
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
      <Function Name="RetrieveVersion">
        <ReturnType Type="mscrm.RetrieveVersionResponse" Nullable="false" />
      </Function>
      <Function Name="RetrieveTotalRecordCount">
        <Parameter Name="EntityNames" Type="Collection(Edm.String)" Nullable="false" Unicode="false" />
        <ReturnType Type="mscrm.RetrieveTotalRecordCountResponse" Nullable="false" />
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
        <EntitySet Name="EntityDefinitions" EntityType="Microsoft.Dynamics.CRM.EntityMetadata" />
        <EntitySet Name="GlobalOptionSetDefinitions" EntityType="Microsoft.Dynamics.CRM.OptionSetMetadataBase" />
        <EntitySet Name="ManagedPropertyDefinitions" EntityType="Microsoft.Dynamics.CRM.ManagedPropertyMetadata" />
        <EntitySet Name="RelationshipDefinitions" EntityType="Microsoft.Dynamics.CRM.RelationshipMetadataBase" />
        <FunctionImport Name="RetrieveAllEntities" Function="Microsoft.Dynamics.CRM.RetrieveAllEntities" />
        <FunctionImport Name="RetrieveEntity" Function="Microsoft.Dynamics.CRM.RetrieveEntity" />
        <FunctionImport Name="RetrieveMetadataChanges" Function="Microsoft.Dynamics.CRM.RetrieveMetadataChanges" />
        <FunctionImport Name="RetrieveTotalRecordCount" Function="Microsoft.Dynamics.CRM.RetrieveTotalRecordCount" />
        <FunctionImport Name="RetrieveVersion" Function="Microsoft.Dynamics.CRM.RetrieveVersion" />
        <FunctionImport Name="WhoAmI" Function="Microsoft.Dynamics.CRM.WhoAmI" />
        <FunctionImport Name="IsValidStateTransition" Function="Microsoft.Dynamics.CRM.IsValidStateTransition" />
        <FunctionImport Name="RetrieveSharedPrincipalsAndAccess"
          Function="Microsoft.Dynamics.CRM.RetrieveSharedPrincipalsAndAccess" />
"#;
