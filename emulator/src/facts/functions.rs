//! Functions and actions.

use super::Fact;
use super::fact::{decided, documented, recorded, reported};

const METADATA: &str = "`$metadata` of a real org, npm dataverse-gen 2.0.15";
const FUNCTIONS: &str = "webapi/use-web-api-functions, 2022-04-26";
const ACTIONS: &str = "webapi/use-web-api-actions, 2020-11-21";
const ERRORS: &str =
    "troubleshoot/power-platform/dataverse/dataverse-web-api-and-sdk/web-api-client-errors, 2024-06-07";
const SAMPLE: &str = "PowerApps-Samples, webapi/CSharp-NETx/FunctionsAndActions, recorded answers";
const MERGE: &str = "webapi/merge-entity-using-web-api, 2022-04-26";
const MERGE_INTERNALS: &str =
    "markcarrington.azurewebsites.net, MSDYN365 internals: merge permissions, 2019-08-31";

const MISSING: &str = "service::functions::names::missing_operations_are_501_with_their_name";
const NAMES: &str = "service::functions::names::unknown_names_are_unknown_segments";
const PARAMETERS: &str = "service::functions::names::unknown_parameters_are_refused";
const METHODS: &str = "service::functions::names::methods_of_functions_and_actions";
const NAMESPACE: &str = "service::functions::names::bound_operations_need_their_namespace";
const ORGANIZATION: &str = "service::functions::implemented::the_current_organization";
const ADDRESSES: &str = "service::functions::implemented::addresses_in_the_format_of_their_country";
const INITIALIZE: &str = "service::functions::implemented::initialize_from_returns_the_values_of_a_record";
const MERGED: &str = "service::functions::merge::a_merge_moves_values_and_related_records";
const UNMERGED: &str = "service::functions::merge::invalid_merges_are_refused";
const MEMBERS: &str = "service::functions::implemented::members_of_teams";

pub(super) const FACTS: &[Fact] = &[
    recorded("Dataverse has these functions and actions, bound to these tables and sets.", METADATA, MISSING),
    decided(
        "A function or action that Dataverse has and the emulator has not answers 501 with its name.",
        "an answer that looks like Dataverse's would be a wrong one",
        MISSING,
    ),
    decided(
        "The emulator reports a missing operation before it looks for the record or the table.",
        "no record and no table would make the call succeed",
        MISSING,
    ),
    documented(
        "501 is the status of an operation that is not implemented, in a batch as well.",
        "webapi/compose-http-requests-handle-errors, 2023-04-14",
        "service::functions::names::a_missing_operation_in_a_batch_is_501",
    ),
    documented(
        "A name that is no set, function or action answers 404 0x8006088a with the name.",
        ERRORS,
        NAMES,
    ),
    documented("Names of functions and actions are case-sensitive.", ERRORS, NAMES),
    documented("An operation that is bound to nothing is called without the namespace.", FUNCTIONS, NAMES),
    decided(
        "An operation that is bound to another table, or to a set instead of a record, is no segment here.",
        "the words for a resource that does not exist fit, and the documentation has no others",
        NAMES,
    ),
    documented("A function that is called by `POST` answers 404 with an empty code.", ERRORS, METHODS),
    documented("Functions are called by `GET`.", FUNCTIONS, METHODS),
    documented("Actions are called by `POST`.", ACTIONS, METHODS),
    documented("A bound operation that is called without its namespace answers 400.", ACTIONS, NAMESPACE),
    recorded(
        "The 400 for a missing namespace has an empty code and says that the message has unresolved parameters.",
        "github.com/davidyack/Xrm.Tools.CRMWebAPI, issue 29, recorded answer",
        NAMESPACE,
    ),
    reported(
        "A body with a parameter that the action has not answers 400 with the names of both.",
        "github.com/Azure/LogicAppsUX, issue 2512, recorded answer",
        PARAMETERS,
    ),
    documented("The code for a body that does not fit is 0x80048d19.", ERRORS, PARAMETERS),
    decided(
        "A function with a parameter that it has not is no segment.",
        "no function has that name and those parameters; what Dataverse answers is not documented",
        PARAMETERS,
    ),
    documented(
        "A function without parameters is called with or without parentheses.",
        FUNCTIONS,
        "service::tolerance::functions_with_and_without_parentheses",
    ),
    recorded(
        "`RetrieveCurrentOrganization` answers `Detail` with eleven members and three endpoints.",
        SAMPLE,
        ORGANIZATION,
    ),
    recorded(
        "`AccessType` is a value of the enumeration `EndpointAccessType` with its full name.",
        SAMPLE,
        ORGANIZATION,
    ),
    decided(
        "The ids of environment, data center and tenant are made up from the organization's id.",
        "there is no environment, but programs read the members",
        ORGANIZATION,
    ),
    recorded("`FormatAddress` writes addresses of the USA and of JAPAN in their order.", SAMPLE, ADDRESSES),
    decided(
        "The lines of a formatted address end in CR LF; other countries answer 501.",
        "composite address columns have CR LF; the formats of other countries are not documented",
        ADDRESSES,
    ),
    documented(
        "`InitializeFrom` answers the body of a create: the type, mapped values, and lookups as `@odata.bind`.",
        "webapi/create-entity-web-api, 2021-05-03",
        INITIALIZE,
    ),
    documented(
        "`InitializeFrom` binds the record that the values come from as the parent.",
        "webapi/create-entity-web-api, 2021-05-03",
        INITIALIZE,
    ),
    recorded(
        "With generated mappings, `InitializeFrom` copies the columns that both tables have.",
        SAMPLE,
        INITIALIZE,
    ),
    decided(
        "`InitializeFrom` maps what `Generate Mappings` maps, but for the owner.",
        "mappings are settings of an org; a mapped owner makes the create fail, as the sample says",
        INITIALIZE,
    ),
    documented("`Merge` answers 204.", MERGE, MERGED),
    documented("`Merge` sets the columns of `UpdateContent` in the target.", MERGE, MERGED),
    documented("`Merge` does not overwrite what the target has.", MERGE, MERGED),
    decided(
        "`Merge` fills what the target lacks and `UpdateContent` does not name from the subordinate.",
        "the page on the Web API says that useful data moves, the SDK's sample that UpdateContent decides",
        UNMERGED,
    )
    .refused_by_strict(),
    documented("`Merge` deactivates the subordinate.", MERGE, MERGED),
    reported(
        "Records that refer to the subordinate refer to the target after a merge.",
        "sureshmaurya.me, record merging in depth, 2021-06-13",
        MERGED,
    ),
    documented("Accounts, contacts and leads can be merged.", MERGE, UNMERGED),
    documented("The records of a merge need `@odata.type`.", MERGE, UNMERGED),
    documented("`PerformParentingChecks` is not optional.", MERGE, UNMERGED),
    documented("Who merges needs access to both records.", MERGE, UNMERGED),
    reported(
        "A record is not merged with itself, and other tables are not merged.",
        MERGE_INTERNALS,
        UNMERGED,
    ),
    reported("Both records of a merge have to be active.", MERGE_INTERNALS, UNMERGED),
    documented(
        "`AddMembersTeam` and `RemoveMembersTeam` are bound to a team and take users.",
        ACTIONS,
        MEMBERS,
    ),
    documented("A member of a team is named by `ownerid`, and needs `@odata.type`.", ACTIONS, MEMBERS),
    decided(
        "Adding a member again changes nothing; changing members needs the right to write the team.",
        "the privileges of an org are not modelled",
        MEMBERS,
    ),
];
