//! Code from a `$metadata` document, which does not say which messages take a column.

use std::collections::BTreeMap;

use dataverse_codegen::{Settings, Snapshot, generate};
use dataverse_definitions::read;

/// Two tables, in the words of the OData standard and of the documents of orgs: a lookup is a property `_…_value` and a
/// navigation property with a constraint.
const METADATA: &str = r#"<edmx:Edmx xmlns:edmx="http://docs.oasis-open.org/odata/ns/edmx" Version="4.0"><edmx:DataServices>
  <Schema xmlns="http://docs.oasis-open.org/odata/ns/edm" Namespace="Microsoft.Dynamics.CRM" Alias="mscrm">
    <EntityType Name="crmbaseentity" Abstract="true" />
    <EntityType Name="new_loan" BaseType="mscrm.crmbaseentity">
      <Key><PropertyRef Name="new_loanid" /></Key>
      <Property Name="new_loanid" Type="Edm.Guid" />
      <Property Name="new_amount" Type="Edm.Decimal" Scale="Variable" />
      <Property Name="_new_branch_value" Type="Edm.Guid" />
      <Property Name="_new_origin_value" Type="Edm.Guid" />
      <NavigationProperty Name="new_Branch" Type="mscrm.new_branch" Nullable="false">
        <ReferentialConstraint Property="_new_branch_value" ReferencedProperty="new_branchid" />
      </NavigationProperty>
    </EntityType>
    <EntityType Name="new_branch" BaseType="mscrm.crmbaseentity">
      <Key><PropertyRef Name="new_branchid" /></Key>
      <Property Name="new_branchid" Type="Edm.Guid" />
      <Property Name="type" Type="Edm.Int32" />
    </EntityType>
    <EntityContainer Name="System">
      <EntitySet Name="new_loans" EntityType="Microsoft.Dynamics.CRM.new_loan" />
      <EntitySet Name="new_branchs" EntityType="Microsoft.Dynamics.CRM.new_branch" />
    </EntityContainer>
  </Schema></edmx:DataServices></edmx:Edmx>"#;

/// An activity, as the documents of orgs have it: it inherits navigation properties from `activitypointer`, and has others of its own for
/// the same columns.
const ACTIVITY: &str = r#"<edmx:Edmx xmlns:edmx="http://docs.oasis-open.org/odata/ns/edmx" Version="4.0"><edmx:DataServices>
  <Schema xmlns="http://docs.oasis-open.org/odata/ns/edm" Namespace="Microsoft.Dynamics.CRM" Alias="mscrm">
    <EntityType Name="crmbaseentity" Abstract="true" />
    <EntityType Name="principal" BaseType="mscrm.crmbaseentity" Abstract="true">
      <Key><PropertyRef Name="ownerid" /></Key>
      <Property Name="ownerid" Type="Edm.Guid" />
      <NavigationProperty Name="owner_activitypointers" Type="Collection(mscrm.activitypointer)" Partner="ownerid" />
      <NavigationProperty Name="owner_visits" Type="Collection(mscrm.new_visit)" Partner="ownerid_new_visit" />
    </EntityType>
    <EntityType Name="systemuser" BaseType="mscrm.principal">
      <Key><PropertyRef Name="systemuserid" /></Key>
      <Property Name="systemuserid" Type="Edm.Guid" />
    </EntityType>
    <EntityType Name="activitypointer" BaseType="mscrm.crmbaseentity" Abstract="true">
      <Key><PropertyRef Name="activityid" /></Key>
      <Property Name="activityid" Type="Edm.Guid" />
      <Property Name="_ownerid_value" Type="Edm.Guid" />
      <Property Name="_createdby_value" Type="Edm.Guid" />
      <NavigationProperty Name="ownerid" Type="mscrm.principal" Nullable="false" Partner="owner_activitypointers">
        <ReferentialConstraint Property="_ownerid_value" ReferencedProperty="ownerid" />
      </NavigationProperty>
      <NavigationProperty Name="createdby" Type="mscrm.systemuser" Nullable="false" Partner="lk_activitypointer_createdby">
        <ReferentialConstraint Property="_createdby_value" ReferencedProperty="systemuserid" />
      </NavigationProperty>
    </EntityType>
    <EntityType Name="new_visit" BaseType="mscrm.activitypointer">
      <Key><PropertyRef Name="activityid" /></Key>
      <NavigationProperty Name="ownerid_new_visit" Type="mscrm.principal" Nullable="false" Partner="owner_visits">
        <ReferentialConstraint Property="_ownerid_value" ReferencedProperty="ownerid" />
      </NavigationProperty>
      <NavigationProperty Name="createdby_new_visit" Type="mscrm.systemuser" Nullable="false" Partner="lk_new_visit_createdby">
        <ReferentialConstraint Property="_createdby_value" ReferencedProperty="systemuserid" />
      </NavigationProperty>
    </EntityType>
    <EntityContainer Name="System">
      <EntitySet Name="systemusers" EntityType="Microsoft.Dynamics.CRM.systemuser" />
      <EntitySet Name="activitypointers" EntityType="Microsoft.Dynamics.CRM.activitypointer" />
      <EntitySet Name="new_visits" EntityType="Microsoft.Dynamics.CRM.new_visit" />
    </EntityContainer>
  </Schema></edmx:DataServices></edmx:Edmx>"#;

fn files(settings: &str) -> BTreeMap<String, String> {
    let settings: Settings = toml::from_str(settings).unwrap();
    generate(&mut Snapshot::new(read(&[METADATA]).unwrap()), &settings).unwrap()
}

/// Returns the annotation of a field.
fn annotation<'f>(file: &'f str, field: &str) -> &'f str {
    let (before, _) = file.split_once(&format!("pub {field}: ")).unwrap();
    let (_, annotation) = before.rsplit_once("#[attr").unwrap();
    annotation.trim()
}

#[test]
fn tables_are_read_only_and_say_why() {
    let files = files("");
    let loan = &files["new_loan.rs"];
    assert!(loan.contains("read_only"), "{loan}");
    assert!(loan.contains("known from `$metadata` only"), "{loan}");
    assert!(!annotation(loan, "amount").contains("read_only"), "the table says it for all: {loan}");
    // Its navigation property is known, so that it can be written as soon as the settings say so.
    assert!(annotation(loan, "branch").contains("nav = \"new_Branch\""), "{loan}");
    assert!(loan.contains("Option<Lookup<AnyTable>>"), "a lookup without navigation property: {loan}");
    assert!(files["new_branch.rs"].contains("pub r#type: Option<i32>"));
}

#[test]
fn columns_are_written_where_the_settings_say_so() {
    let loan = files("assume_writable = true").remove("new_loan.rs").unwrap();
    assert!(!annotation(&loan, "amount").contains("read_only"), "{loan}");
    assert!(annotation(&loan, "loanid").contains("create_only"), "{loan}");
    assert!(
        annotation(&loan, "origin").contains("read_only"),
        "it cannot be set without a navigation property: {loan}"
    );

    let all = files("[tables.new_branch]\nassume_writable = true");
    assert!(!all["new_branch.rs"].contains("read_only"));
    assert!(all["new_loan.rs"].contains("read_only"));

    let one =
        files("[tables.new_loan.columns.new_amount]\nassume_writable = true").remove("new_loan.rs").unwrap();
    assert!(!annotation(&one, "amount").contains("read_only"), "{one}");
    assert!(annotation(&one, "branch").contains("read_only"), "{one}");
}

#[test]
fn a_lookup_of_an_activity_is_set_through_the_navigation_property_of_the_activity() {
    let settings: Settings = toml::from_str("assume_writable = true").unwrap();
    let files = generate(&mut Snapshot::new(read(&[ACTIVITY]).unwrap()), &settings).unwrap();
    let visit = &files["new_visit.rs"];
    assert!(annotation(visit, "createdby").contains("nav = \"createdby_new_visit\""), "{visit}");
    let owner = annotation(visit, "ownerid");
    assert!(owner.contains("nav = \"ownerid_new_visit\""), "{visit}");
    assert!(!owner.contains("read_only"), "{visit}");
}

#[test]
fn the_files_of_a_crate_are_a_manifest_and_its_sources() {
    let module = files("");
    let package = files("crate = \"org-tables\"");
    let names: Vec<&str> = package.keys().map(String::as_str).collect();
    assert_eq!(names, ["Cargo.toml", "src/lib.rs", "src/new_branch.rs", "src/new_loan.rs"]);
    assert_eq!(package["src/new_loan.rs"], module["new_loan.rs"]);
    let manifest: toml::Table = package["Cargo.toml"].parse().unwrap();
    assert_eq!(manifest["package"]["name"].as_str(), Some("org-tables"));
    assert_eq!(manifest["dependencies"]["dataverse-entity"]["features"][0].as_str(), Some("rust_decimal"));
}

#[test]
fn a_crate_needs_the_name_of_one() {
    let settings: Settings = toml::from_str("crate = \"2 tables\"").unwrap();
    let error = generate(&mut Snapshot::new(read(&[METADATA]).unwrap()), &settings).unwrap_err();
    assert_eq!(
        error.to_string(),
        "`crate = \"2 tables\"` is not the name of a crate: it starts with a letter, and has letters, digits, `-` and `_`"
    );
}
