//! `businessunit`: a part of the organization, to which users, teams and records belong.
//!
//! It has the columns that integrations need most, with the facts of Microsoft's table reference; the table
//! has more.

use super::SystemUser;
use crate::{DataverseEntity, Id, Lookup, Timestamp};

/// A business unit: a part of the organization, to which users, teams and records belong.
#[derive(Debug, Clone, PartialEq, DataverseEntity)]
#[entity(
    crate = "crate",
    logical = "businessunit",
    set = "businessunits",
    schema = "BusinessUnit",
    collection_schema = "BusinessUnits",
    display = "Business Unit",
    display_collection = "Business Units",
    ownership = "business"
)]
#[non_exhaustive]
pub struct BusinessUnit {
    /// Id of the business unit.
    #[attr(
        logical = "businessunitid",
        schema = "BusinessUnitId",
        display = "Business Unit",
        primary_id,
        required = "system",
        create_only,
        form = false
    )]
    pub id: Id<BusinessUnit>,

    /// Name of the business unit.
    #[attr(
        logical = "name",
        schema = "Name",
        display = "Name",
        primary_name,
        string(max_length = 160),
        required = "system"
    )]
    pub name: Option<String>,

    /// Description of the business unit.
    #[attr(
        logical = "description",
        schema = "Description",
        display = "Description",
        memo(max_length = 2000, format = "text")
    )]
    pub description: Option<String>,

    /// The division of the business unit.
    #[attr(
        logical = "divisionname",
        schema = "DivisionName",
        display = "Division",
        string(max_length = 100)
    )]
    pub division_name: Option<String>,

    /// The cost center.
    #[attr(logical = "costcenter", schema = "CostCenter", display = "Cost Center", string(max_length = 100))]
    pub cost_center: Option<String>,

    /// The mail address.
    #[attr(
        logical = "emailaddress",
        schema = "EMailAddress",
        display = "Email",
        string(max_length = 100, format = "email")
    )]
    pub email: Option<String>,

    /// The website.
    #[attr(
        logical = "websiteurl",
        schema = "WebSiteUrl",
        display = "Website",
        string(max_length = 200, format = "url")
    )]
    pub website_url: Option<String>,

    /// The stock exchange symbol.
    #[attr(
        logical = "tickersymbol",
        schema = "TickerSymbol",
        display = "Ticker Symbol",
        string(max_length = 10)
    )]
    pub ticker_symbol: Option<String>,

    /// The name under which the business unit is filed.
    #[attr(
        logical = "fileasname",
        schema = "FileAsName",
        display = "File as Name",
        string(max_length = 100)
    )]
    pub file_as_name: Option<String>,

    /// The parent business unit.
    #[attr(
        logical = "parentbusinessunitid",
        schema = "ParentBusinessUnitId",
        display = "Parent Business",
        lookup,
        nav = "parentbusinessunitid",
        relationship = "business_unit_parent_business_unit",
        on_delete = "restrict",
        required = "application"
    )]
    pub parent: Option<Lookup<BusinessUnit>>,

    /// Whether the business unit is disabled. A new one is not.
    #[attr(
        logical = "isdisabled",
        schema = "IsDisabled",
        display = "Is Disabled",
        boolean,
        required = "system",
        update_only
    )]
    pub is_disabled: Option<bool>,

    /// The credit limit.
    #[attr(
        logical = "creditlimit",
        schema = "CreditLimit",
        display = "Credit Limit",
        double(min = 0, max = 1000000000, precision = 2)
    )]
    pub credit_limit: Option<f64>,

    /// The city of the address.
    #[attr(
        logical = "address1_city",
        schema = "Address1_City",
        display = "Bill To City",
        string(max_length = 80)
    )]
    pub city: Option<String>,

    /// The country or region of the address.
    #[attr(
        logical = "address1_country",
        schema = "Address1_Country",
        display = "Bill To Country/Region",
        string(max_length = 80)
    )]
    pub country: Option<String>,

    /// The main phone number.
    #[attr(
        logical = "address1_telephone1",
        schema = "Address1_Telephone1",
        display = "Main Phone",
        string(max_length = 50)
    )]
    pub main_phone: Option<String>,

    /// Time at which the record was created.
    #[attr(
        logical = "createdon",
        schema = "CreatedOn",
        display = "Created On",
        datetime(behavior = "user_local", format = "date_and_time"),
        read_only
    )]
    pub created_on: Option<Timestamp>,

    /// The user who created the record.
    #[attr(
        logical = "createdby",
        schema = "CreatedBy",
        display = "Created By",
        lookup,
        nav = "createdby",
        relationship = "lk_businessunitbase_createdby",
        read_only
    )]
    pub created_by: Option<Lookup<SystemUser>>,

    /// Time of the last change of the record.
    #[attr(
        logical = "modifiedon",
        schema = "ModifiedOn",
        display = "Modified On",
        datetime(behavior = "user_local", format = "date_and_time"),
        read_only
    )]
    pub modified_on: Option<Timestamp>,

    /// The user who last changed the record.
    #[attr(
        logical = "modifiedby",
        schema = "ModifiedBy",
        display = "Modified By",
        lookup,
        nav = "modifiedby",
        relationship = "lk_businessunitbase_modifiedby",
        read_only
    )]
    pub modified_by: Option<Lookup<SystemUser>>,

    /// Number of the import that created the record.
    #[attr(
        logical = "importsequencenumber",
        schema = "ImportSequenceNumber",
        display = "Import Sequence Number",
        integer,
        create_only,
        form = false
    )]
    pub import_sequence_number: Option<i32>,

    /// Time at which a migrated record was created in its original system.
    #[attr(
        logical = "overriddencreatedon",
        schema = "OverriddenCreatedOn",
        display = "Record Created On",
        datetime(behavior = "user_local", format = "date_only"),
        create_only,
        form = false
    )]
    pub overridden_created_on: Option<Timestamp>,

    /// Version of the record, which counts its changes.
    #[attr(
        logical = "versionnumber",
        schema = "VersionNumber",
        display = "Version number",
        bigint,
        read_only,
        form = false
    )]
    pub version_number: Option<i64>,
}
