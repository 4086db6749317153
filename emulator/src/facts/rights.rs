//! Rights: privileges, their depths, and what they protect.

use super::Fact;
use super::fact::{decided, documented, reported};

pub(super) const FACTS: &[Fact] = &[
    documented(
        "A privilege allows one of eight operations with a table: Create, Read, Write, Delete, Append, AppendTo, Assign, Share.",
        "security-concepts, 2021-03-11",
        "service::rights::depths::each_privilege_reaches_as_far_as_its_depth",
    ),
    documented(
        "The depth User (Basic) reaches the records that the user owns.",
        "security-concepts, 2021-03-11",
        "service::rights::depths::each_privilege_reaches_as_far_as_its_depth",
    ),
    documented(
        "The depth Business Unit (Local) reaches all records of the user's business unit.",
        "security-concepts, 2021-03-11",
        "service::rights::depths::each_privilege_reaches_as_far_as_its_depth",
    ),
    documented(
        "The depth Parent: Child Business Units (Deep) reaches the user's business unit and all below it.",
        "security-concepts, 2021-03-11",
        "service::rights::depths::each_privilege_reaches_as_far_as_its_depth",
    ),
    documented(
        "The depth Organization (Global) reaches all records.",
        "security-concepts, 2021-03-11",
        "service::rights::depths::each_privilege_reaches_as_far_as_its_depth",
    ),
    documented(
        "A deeper privilege includes those that are less deep: what the user owns is reached by every depth, in whatever business unit it is.",
        "security-roles-privileges of the administrator's guide (power-platform/admin), 2021-12-16",
        "service::rights::depths::each_privilege_reaches_as_far_as_its_depth",
    ),
    documented(
        "A privilege that reaches too few records is 0x80048306: `Principal with id … does not have …Access right(s) for record with id … of entity …`.",
        "dataverse-client-errors of the support articles, 2025-04-17",
        "service::rights::depths::each_privilege_reaches_as_far_as_its_depth",
    ),
    documented(
        "A refused access to a record has the status 403.",
        "webapi/compose-http-requests-handle-errors, 2023-04-14",
        "service::rights::append::every_way_to_a_reference_needs_append_and_append_to",
    ),
    documented(
        "The privilege is checked before the record: without the privilege, the record's owner makes no difference.",
        "how-record-access-determined of the administrator's guide (power-platform/admin), 2021-10-13",
        "service::rights::depths::a_missing_privilege_is_missing_for_every_record",
    ),
    documented(
        "A privilege that no role has is 0x80040220.",
        "dataverse-client-errors of the support articles, 2025-04-17",
        "service::rights::depths::a_missing_privilege_is_missing_for_every_record",
    ),
    reported(
        "The message of a missing privilege names the principal, the numbers of roles and privileges, the access mode, the privilege with its id, the table's type code, name and label, and the caller.",
        "rappen/FetchXMLBuilder#770",
        "service::rights::depths::the_words_for_a_missing_privilege",
    ),
    decided(
        "All activities share the privileges of the table `activitypointer`: `prvReadActivity` and so on.",
        "no page of the developer's guide says it; security roles show one row named Activity",
        "service::rights::depths::activities_share_their_privileges",
    ),
    documented(
        "Tables that the organization owns have no depth but Organization.",
        "security-concepts, 2021-03-11",
        "service::rights::depths::tables_of_the_organization_have_one_depth",
    ),
    decided(
        "Users, teams, business units and roles belong to the business unit that they name; users and teams own themselves; a business unit belongs to itself.",
        "the depths of these tables are not described",
        "service::rights::depths::users_and_business_units_belong_to_business_units",
    ),
    documented(
        "A query finds the records that the privilege to read reaches, and no others.",
        "security-access-coding, 2021-06-08",
        "service::rights::depths::queries_find_what_the_depth_reaches",
    ),
    documented(
        "A record that is shared with a user is reached by every depth, once a role has the privilege.",
        "how-record-access-determined of the administrator's guide (power-platform/admin), 2021-10-13",
        "service::rights::depths::a_shared_record_is_reached_by_the_smallest_depth",
    ),
    documented(
        "A share gives nobody a right that their roles do not allow for the table.",
        "security-sharing-assigning, 2021-03-11",
        "service::rights::depths::a_shared_record_is_reached_by_the_smallest_depth",
    ),
    reported(
        "A lookup needs Append on its own record and AppendTo on the record that it names.",
        "MicrosoftDocs/dynamics-365-customer-engagement#562",
        "service::rights::append::every_way_to_a_reference_needs_append_and_append_to",
    ),
    documented(
        "Append and AppendTo are the same for every way to the change: `@odata.bind` in create, update and upsert, `$ref`, a POST to a collection, bulk messages, deep inserts and batches are ways to associate.",
        "webapi/associate-disassociate-entities-using-web-api, 2021-05-03",
        "service::rights::append::every_way_to_a_reference_needs_append_and_append_to",
    ),
    documented(
        "AppendTo can be shared: with it, a record can be referred to that is not the user's.",
        "how-record-access-determined of the administrator's guide (power-platform/admin), 2021-10-13",
        "service::rights::append::a_share_with_the_right_to_append_to_is_enough",
    ),
    documented(
        "The records that can be appended depend on the depth of Append.",
        "security-roles-privileges of the administrator's guide (power-platform/admin), 2021-12-16",
        "service::rights::append::the_record_that_refers_needs_append_at_its_depth",
    ),
    decided(
        "To clear a lookup, by PATCH or by DELETE of `$ref`, needs Write alone.",
        "the pages speak of Append for many-to-many relationships only when they speak of disassociating",
        "service::rights::append::the_record_that_refers_needs_append_at_its_depth",
    ),
    documented(
        "Records that join a new record, by binds of a collection or by a deep insert, need Append.",
        "security-roles-privileges of the administrator's guide (power-platform/admin), 2021-12-16",
        "service::rights::append::members_that_join_a_new_record_need_append",
    ),
    documented(
        "A many-to-many relationship needs Append on both tables to associate.",
        "how-record-access-determined of the administrator's guide (power-platform/admin), 2021-10-13",
        "service::rights::append::many_to_many_needs_append_on_both_sides",
    ),
    documented(
        "A many-to-many relationship needs Append on both tables to disassociate.",
        "how-record-access-determined of the administrator's guide (power-platform/admin), 2021-10-13",
        "service::rights::append::many_to_many_needs_append_on_both_sides",
    ),
    documented(
        "To associate from one side needs Write on that side's record.",
        "gg328270 Associate message privileges (previous versions of the developer's guide), archived without a date",
        "service::rights::append::many_to_many_needs_append_on_both_sides",
    ),
    decided(
        "A record that is created for another owner needs Create that reaches the owner, and Assign.",
        "the pages say that a depth says which records can be created, not how",
        "service::rights::changes::a_record_for_another_owner_needs_create_that_reaches_them",
    ),
    reported(
        "Assign at the depth User assigns one's own record to any user of any business unit.",
        "MicrosoftDocs/dynamics-365-customer-engagement#1188",
        "service::rights::changes::one_s_own_record_can_be_assigned_to_anybody",
    ),
    documented(
        "After an assignment the former owner has the record no longer, unless the organization is set to share it.",
        "security-sharing-assigning, 2021-03-11",
        "service::rights::changes::one_s_own_record_can_be_assigned_to_anybody",
    ),
    documented(
        "Assigning needs Assign; anything else in the same update needs Write.",
        "security-sharing-assigning, 2021-03-11",
        "service::rights::changes::a_change_of_the_owner_and_more_needs_assign_and_write",
    ),
    decided(
        "The records of a user or team follow to another business unit.",
        "whether they do is a setting of the organization",
        "service::rights::changes::records_follow_their_owner_to_another_business_unit",
    ),
    decided(
        "To move a user, a team or a business unit to another business unit needs `prvReparentUser`, `prvReparentTeam` or `prvReparentBusinessUnit`.",
        "the privileges exist; no page says what they are for, and without them everybody could raise their own rights",
        "service::rights::changes::moving_to_another_business_unit_needs_its_privilege",
    ),
    decided(
        "A collection of a record is read by those who may read the record.",
        "no page says it; otherwise the collection tells of a hidden record",
        "service::rights::hidden::the_collections_of_a_hidden_record_are_hidden",
    ),
    decided(
        "An expanded lookup to a record that the user may not read is null; the lookup's own value stays.",
        "the pages do not say it; the value is a column of the record that is read",
        "service::rights::hidden::expansions_exclude_hidden_records",
    ),
    decided(
        "A filter through a lookup or a lambda does not see records that the user may not read.",
        "a filter that saw them would tell what they hold",
        "service::rights::hidden::filters_and_orders_do_not_see_hidden_records",
    ),
    decided(
        "`RetrieveTotalRecordCount` counts the records that the user may read.",
        "the pages say that it counts a snapshot, not for whom",
        "service::rights::hidden::aggregates_and_counts_exclude_hidden_records",
    ),
    documented(
        "Change tracking needs Read of the depth Organization, otherwise the check of the privilege fails.",
        "use-change-tracking-synchronize-data-external-systems, 2023-06-23",
        "service::rights::hidden::tracking_needs_read_on_the_whole_table",
    ),
    decided(
        "`If-Match` on a record that the user may not read is refused before the version is compared.",
        "the answer would tell the version",
        "service::rights::hidden::a_condition_on_the_version_does_not_reveal_a_hidden_record",
    ),
    decided(
        "`IsValidStateTransition`, `RetrieveSharedPrincipalsAndAccess` and the `RetrievePrincipalAccess` of others need Read on the record.",
        "no page lists the privileges of functions",
        "service::rights::hidden::functions_do_not_reveal_a_hidden_record",
    ),
    reported(
        "An update needs Write alone: a record can be changed that cannot be read.",
        "MarkMpn/Sql4Cds#567",
        "service::rights::changes::a_record_can_be_changed_that_cannot_be_read",
    ),
    reported(
        "A query that reads a table without the privilege to read it is refused, and so is one that joins it by `$expand`, `$filter` or `$apply`.",
        "rappen/FetchXMLBuilder#770",
        "service::rights::hidden::a_hidden_table_cannot_be_joined",
    ),
    decided(
        "The formatted value of a lookup is the name of the record, whether or not the user may read that record.",
        "no page says otherwise; the name comes with the record that refers",
        "service::rights::hidden::a_lookup_has_the_name_of_a_hidden_record",
    ),
    reported(
        "The new owner of a record needs a role with Read for the table: `Principal team (Id=…, type=9) is missing prvReadAccount privilege`.",
        "magnetismsolutions.com, Addressing the Principal team is missing privileges Error, 2015-08-28",
        "service::rights::changes::an_owner_must_have_read",
    ),
    decided(
        "A pair of a many-to-many relationship is seen by those who may read both its records.",
        "intersect tables have no privileges of their own; a pair tells of both records",
        "service::rights::hidden::the_pairs_of_a_hidden_record_are_hidden",
    ),
    decided(
        "A link of FetchXML does not see records that the user may not read, whatever its kind.",
        "a link that saw them would tell what they hold",
        "service::rights::hidden::links_of_fetchxml_do_not_see_hidden_records",
    ),
];
