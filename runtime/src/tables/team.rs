//! `team`: groups of users who share records, and may own them together.
//!
//! It has the columns that integrations need most, with the facts of Microsoft's table reference; the table
//! has more.

use super::{BusinessUnit, SystemUser};
use crate::{DataverseEntity, Id, Lookup, OptionSet, Timestamp, Uuid};

/// A team: users who share records, and may own them together.
///
/// ```
/// use dataverse_entity::prelude::*;
/// use dataverse_entity::tables::Team;
///
/// assert_eq!(Team::create().name("Collections").to_json()?, r#"{"name":"Collections"}"#);
/// # Ok::<(), dataverse_entity::EncodeError>(())
/// ```
#[derive(Debug, Clone, PartialEq, DataverseEntity)]
#[entity(
    crate = "crate",
    logical = "team",
    set = "teams",
    schema = "Team",
    collection_schema = "Teams",
    display = "Team",
    display_collection = "Teams",
    ownership = "business"
)]
#[non_exhaustive]
pub struct Team {
    /// Id of the team.
    #[attr(
        logical = "teamid",
        schema = "TeamId",
        display = "Team",
        primary_id,
        required = "system",
        create_only,
        form = false
    )]
    pub id: Id<Team>,

    /// Name of the team.
    #[attr(
        logical = "name",
        schema = "Name",
        display = "Team Name",
        primary_name,
        string(max_length = 160),
        required = "system",
        form = false
    )]
    pub name: Option<String>,

    /// Phonetic name of the team.
    #[attr(
        logical = "yominame",
        schema = "YomiName",
        display = "Yomi Name",
        string(max_length = 160, format = "phonetic_guide")
    )]
    pub yomi_name: Option<String>,

    /// Description of the team.
    #[attr(
        logical = "description",
        schema = "Description",
        display = "Description",
        memo(max_length = 2000, format = "text_area")
    )]
    pub description: Option<String>,

    /// The mail address.
    #[attr(
        logical = "emailaddress",
        schema = "EMailAddress",
        display = "Email",
        string(max_length = 100, format = "email")
    )]
    pub email: Option<String>,

    /// Type of the team.
    #[attr(
        logical = "teamtype",
        schema = "TeamType",
        display = "Team Type",
        picklist,
        required = "system",
        create_only
    )]
    pub team_type: Option<TeamType>,

    /// The members of the directory group who belong to the team.
    #[attr(
        logical = "membershiptype",
        schema = "MembershipType",
        display = "Membership Type",
        picklist,
        required = "system",
        create_only
    )]
    pub membership_type: Option<MembershipType>,

    /// Whether the team is the default team of its business unit.
    #[attr(
        logical = "isdefault",
        schema = "IsDefault",
        display = "Is Default",
        boolean,
        required = "system",
        read_only
    )]
    pub is_default: Option<bool>,

    /// Whether the platform manages the team.
    #[attr(
        logical = "systemmanaged",
        schema = "SystemManaged",
        display = "Is System Managed",
        boolean,
        required = "system",
        read_only
    )]
    pub is_system_managed: Option<bool>,

    /// The object id of the group in Microsoft Entra ID.
    #[attr(
        logical = "azureactivedirectoryobjectid",
        schema = "AzureActiveDirectoryObjectId",
        display = "Object Id for a group",
        uniqueidentifier,
        create_only
    )]
    pub entra_object_id: Option<Uuid>,

    /// The administrator of the team.
    #[attr(
        logical = "administratorid",
        schema = "AdministratorId",
        display = "Administrator",
        lookup,
        nav = "administratorid",
        relationship = "lk_teambase_administratorid",
        required = "system",
        form = false
    )]
    pub administrator: Option<Lookup<SystemUser>>,

    /// The business unit to which the team belongs.
    #[attr(
        logical = "businessunitid",
        schema = "BusinessUnitId",
        display = "Business Unit",
        lookup,
        nav = "businessunitid",
        relationship = "business_unit_teams",
        on_delete = "restrict",
        required = "system",
        form = false
    )]
    pub business_unit: Option<Lookup<BusinessUnit>>,

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
        relationship = "lk_teambase_createdby",
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
        relationship = "lk_teambase_modifiedby",
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

/// The type of a team (`teamtype`).
#[derive(Debug, Clone, Copy, OptionSet)]
#[option(crate = "crate")]
#[repr(i32)]
#[non_exhaustive]
pub enum TeamType {
    /// Owner.
    Owner = 0,
    /// Access.
    Access = 1,
    /// Security Group.
    #[option(label = "Security Group")]
    SecurityGroup = 2,
    /// Office Group.
    #[option(label = "Office Group")]
    OfficeGroup = 3,
    /// The integer of an option that this enum does not declare.
    #[option(unknown)]
    Unknown(i32),
}

/// The members of a directory group who belong to a team (`membershiptype`).
#[derive(Debug, Clone, Copy, OptionSet)]
#[option(crate = "crate")]
#[repr(i32)]
#[non_exhaustive]
pub enum MembershipType {
    /// Members and guests.
    #[option(label = "Members and guests")]
    MembersAndGuests = 0,
    /// Members.
    Members = 1,
    /// Owners.
    Owners = 2,
    /// Guests.
    Guests = 3,
    /// The integer of an option that this enum does not declare.
    #[option(unknown)]
    Unknown(i32),
}
