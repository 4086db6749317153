//! Elastic tables.

use super::Fact;
use super::fact::{decided, documented, recorded};

const USE: &str = "use-elastic-tables, 2023-07-21";
const CONCEPTS: &str = "elastic-tables, 2022-05-27";
const DEFINE: &str = "create-elastic-tables, 2022-05-23";
const BULK: &str = "bulk-operations, 2023-08-02";
const MAKER: &str = "maker/data-platform/create-edit-elastic-tables, 2023-04-24";
const SAMPLE: &str =
    "PowerApps-Samples, webapi/CSharp-NETx/ElasticTableOperations, recorded exchanges of 2025-02-14";

const UPSERTS: &str = "PowerApps-Samples, webapi/CSharp-NETx/BulkOperations/UpsertMultiple, recorded targets";

const NAMED: &str = "service::elastic::partitions::a_row_is_named_by_its_key_and_its_partition";
const UNNAMED: &str = "service::elastic::partitions::a_row_without_a_partition_is_named_by_its_key";
const SEVERAL: &str = "service::elastic::partitions::one_key_may_occur_in_several_partitions";
const SELECTED: &str = "service::elastic::partitions::answers_include_partition_version_and_owner";
const FIXED: &str = "service::elastic::partitions::the_partition_of_a_row_never_changes";
const ENCODED: &str = "service::elastic::partitions::partition_ids_are_encoded_in_urls";
const LOOKUPS: &str = "service::elastic::partitions::lookups_find_only_rows_without_a_partition";
const UPDATED: &str = "service::elastic::writes::an_update_changes_only_its_columns";
const REPLACED: &str = "service::elastic::writes::an_upsert_replaces_the_row";
const DELETED: &str = "service::elastic::writes::a_deletion_returns_no_session_token";
const TOKENS: &str = "service::elastic::writes::reads_accept_a_session_token";
const ENDED: &str = "service::elastic::writes::a_row_expires_after_its_time_to_live";
const CHANGE_SETS: &str = "service::elastic::writes::a_change_set_is_not_a_transaction";
const REFERENCES: &str = "service::elastic::writes::columns_and_references_use_the_row_s_url";
const TRACKED: &str = "service::elastic::writes::changes_are_tracked";
const PARTITIONS: &str = "service::elastic::queries::a_query_reads_all_partitions_or_one";
const JOINS: &str = "service::elastic::queries::queries_do_not_join";
const UNSUPPORTED: &str = "service::elastic::queries::queries_that_elastic_tables_do_not_support";
const SHARING: &str = "service::elastic::queries::rows_are_not_shared";
const MESSAGES: &str = "service::elastic::bulk::bulk_messages_name_rows_by_key_and_partition";
const IN_PART: &str = "service::elastic::bulk::a_bulk_message_may_succeed_in_part";
const AS_A_WHOLE: &str = "service::elastic::bulk::an_invalid_target_fails_the_whole_message";
const FORMS: &str = "service::elastic::bulk::targets_of_an_upsert_in_every_form";
const STANDARD: &str = "service::elastic::bulk::standard_tables_have_no_delete_multiple";
const COLUMNS: &str = "service::elastic::definitions::every_elastic_table_has_its_columns_and_its_key";
const UNDEFINED: &str = "service::elastic::definitions::unsupported_features_are_refused_at_load";
const CASCADES: &str = "service::elastic::definitions::nothing_cascades_to_or_from_elastic_tables";
const STRUCTS: &str = "service::elastic::definitions::a_definition_makes_the_table_of_a_struct_elastic";

pub(super) const FACTS: &[Fact] = &[
    recorded(
        "`OData-EntityId` of a row in a partition is `set(<key>=<guid>,partitionid='<partition>')`.",
        SAMPLE,
        NAMED,
    ),
    recorded("A create answers 204 with `x-ms-session-token`.", SAMPLE, NAMED),
    documented("A row is named by its key and its partition id, as an alternate key.", USE, NAMED),
    documented("A GET names the partition by `?partitionId=`, with or without quotes.", USE, NAMED),
    documented(
        "The examples name the partition in a key as `partitionId` as well as `partitionid`.",
        USE,
        NAMED,
    ),
    documented("A row with a partition id of its own is not found by its key alone.", USE, NAMED),
    documented("Partition ids do not hold the characters that alternate keys cannot hold.", CONCEPTS, NAMED),
    documented("A row that is created without `partitionid` is named by its key alone.", USE, UNNAMED),
    documented("`partitionid` of a row that is created without stays null.", USE, UNNAMED),
    documented("Rows of several partitions may have the same primary key.", CONCEPTS, SEVERAL),
    decided(
        "A create with a key that its partition has already is refused as in a standard table.",
        "the pages do not say what Dataverse answers",
        SEVERAL,
    ),
    recorded(
        "With `$select`, a row brings its key, `versionnumber`, `partitionid`, `_ownerid_value` and `_owningbusinessunit_value`.",
        SAMPLE,
        SELECTED,
    ),
    documented("The partition id of a row cannot be changed.", USE, FIXED),
    decided(
        "A body that names another partition id than the URL is refused.",
        "the pages say that the value cannot be updated, not what is answered",
        FIXED,
    ),
    decided(
        "`OData-EntityId` percent-encodes a partition id.",
        "the header has to be a URL that names the row",
        ENCODED,
    ),
    documented(
        "A lookup to an elastic table finds only rows without a partition id of their own.",
        MAKER,
        LOOKUPS,
    ),
    documented(
        "The lookup of a standard table to a row with a partition id of its own has no formatted value.",
        DEFINE,
        LOOKUPS,
    ),
    documented("A bind names a row of an elastic table as a URL does.", USE, LOOKUPS),
    recorded(
        "A PATCH with `If-Match: *` answers 204 with the row's URL and `x-ms-session-token`.",
        SAMPLE,
        UPDATED,
    ),
    documented("`?partitionId=` means nothing to a PATCH.", USE, UPDATED),
    documented("The body of a PATCH may name the partition.", USE, UPDATED),
    documented("A PATCH without `If-Match` is an upsert, which replaces the row as a whole.", USE, REPLACED),
    recorded("An upsert answers 204 with the row's URL and `x-ms-session-token`.", SAMPLE, REPLACED),
    documented(
        "An upsert of a row that is not there creates it.",
        "use-upsert-insert-update-record, 2026-03-09",
        REPLACED,
    ),
    decided(
        "A row that is replaced gets what a new row gets: owner, time of creation, defaults.",
        "the page says that all data are overwritten",
        REPLACED,
    ),
    documented("A DELETE names the partition by key or by `?partitionId=`.", USE, DELETED),
    documented("A row with a partition id of its own is not deleted by its key alone.", USE, DELETED),
    recorded("A deletion answers no session token.", SAMPLE, DELETED),
    documented("A read sends the session token as `MSCRM.SessionToken`.", USE, TOKENS),
    decided(
        "A read sees every write, with a session token or without.",
        "Dataverse promises it with a token only; there is one server here",
        TOKENS,
    ),
    documented(
        "`ttlinseconds` says after how many seconds a row is deleted; without it, the row stays.",
        CONCEPTS,
        ENDED,
    ),
    documented("The time to live counts from the last change of the row.", MAKER, ENDED),
    decided(
        "A row ends with the second, by the emulator's clock.",
        "in Dataverse it ends some time after",
        ENDED,
    ),
    documented(
        "A change set with rows of elastic tables succeeds, but is no transaction.",
        CONCEPTS,
        CHANGE_SETS,
    ),
    decided(
        "When a change set fails, its changes of elastic tables stay and those of standard tables are undone.",
        "elastic tables know no transaction, standard tables do",
        CHANGE_SETS,
    ),
    documented("The URL that names a row also names the row's columns and references.", USE, REFERENCES),
    documented("Elastic tables have change tracking.", MAKER, TRACKED),
    documented("A query without `partitionId` reads all partitions.", USE, PARTITIONS),
    documented("`?partitionId=` limits a FetchXML query, too.", USE, PARTITIONS),
    documented(
        "`?partitionId=` limits a query to a partition; `$filter` on `partitionid` does so, too.",
        USE,
        PARTITIONS,
    ),
    decided(
        "`?partitionId=` with change tracking or a navigation property answers 501.",
        "what Dataverse answers is not documented",
        PARTITIONS,
    ),
    decided(
        "A standard table ignores `?partitionId=`.",
        "unknown options without `$` are ignored",
        PARTITIONS,
    )
    .refused_by_strict(),
    documented(
        "A query of an elastic table that needs related rows answers 0x80048d0b with `Link entities are not supported`.",
        USE,
        JOINS,
    ),
    decided(
        "A query of a standard table that needs rows of an elastic one answers 501.",
        "the tables lie in different databases; what Dataverse answers is not documented",
        JOINS,
    ),
    documented("A single row of an elastic table comes with related rows.", USE, JOINS),
    documented(
        "Elastic tables do not compare columns, sort by lookups, or group and sort together.",
        MAKER,
        UNSUPPORTED,
    ),
    decided(
        "What elastic tables do not support in a query answers 400 0x80060888.",
        "the pages name the features, not the answers",
        UNSUPPORTED,
    ),
    documented("Rows of elastic tables are not shared.", MAKER, SHARING),
    documented("Elastic tables can be owned by users.", MAKER, SHARING),
    recorded(
        "`CreateMultiple` answers the primary keys of the new rows, without partitions.",
        SAMPLE,
        MESSAGES,
    ),
    recorded(
        "`UpdateMultiple` and `DeleteMultiple` name rows by primary key and `partitionid`.",
        SAMPLE,
        MESSAGES,
    ),
    recorded("Bulk messages answer no session token.", SAMPLE, MESSAGES),
    recorded("Targets of `UpsertMultiple` name rows by columns or by `@odata.id`.", UPSERTS, FORMS),
    decided(
        "A target of `UpsertMultiple` that names no row of an elastic table creates one.",
        "the sample that does so is about standard tables; no page says it of elastic ones",
        FORMS,
    ),
    documented("All elastic tables have the bulk messages, and `DeleteMultiple`.", BULK, MESSAGES),
    decided(
        "`UpsertMultiple` replaces rows, as a single upsert does.",
        "the pages describe the message for elastic tables only as upsert",
        MESSAGES,
    ),
    documented(
        "A bulk message may succeed in part: what succeeds stays, and the answer is an error.",
        BULK,
        IN_PART,
    ),
    documented(
        "`Plugin.BulkApiErrorDetails` has `RequestIndex`, `Id` and `StatusCode` of each record, as JSON text.",
        BULK,
        IN_PART,
    ),
    documented(
        "`odata.include-annotations` asks for the details of a bulk error by `*` or `Microsoft.PowerApps.CDS.ErrorDetails.*`.",
        BULK,
        IN_PART,
    ),
    decided(
        "The annotation is named `@Microsoft.PowerApps.CDS.ErrorDetails.Plugin.BulkApiErrorDetails`.",
        "the Web API names all details of an error so; the page prints the SDK's name only",
        IN_PART,
    ),
    decided(
        "A bulk message that fails in part answers the error of the first record that failed, and HTTP statuses in the details.",
        "the pages do not print an answer",
        IN_PART,
    ),
    documented("Every target of a bulk message needs `@odata.type`.", BULK, AS_A_WHOLE),
    decided(
        "A target that cannot be read as a row of the table fails the whole message.",
        "the body is read before any record is written",
        AS_A_WHOLE,
    ),
    documented(
        "`DeleteMultiple` of a standard table answers `DeleteMultiple has not yet been implemented.`",
        BULK,
        STANDARD,
    ),
    decided(
        "`DeleteMultiple` of a standard table answers the status 501.",
        "the status for what is not implemented; the page prints the words only",
        STANDARD,
    ),
    decided(
        "`ExecuteCosmosSqlQuery` answers 501.",
        "it is a language of its own, Azure Cosmos DB's",
        STANDARD,
    ),
    documented("Elastic tables have the columns `partitionid` and `ttlinseconds`.", CONCEPTS, COLUMNS),
    documented(
        "Elastic tables have the alternate key `keyfornosqlentitywithpkpartitionid` of primary key and `partitionid`.",
        DEFINE,
        COLUMNS,
    ),
    documented(
        "`TableType` of a definition is `Elastic`, or `Standard` if nothing is said.",
        DEFINE,
        COLUMNS,
    ),
    documented("Elastic tables have no other alternate keys.", DEFINE, UNDEFINED),
    documented("Elastic tables have no many-to-many relationships.", DEFINE, UNDEFINED),
    documented("Nothing cascades to or from elastic tables.", DEFINE, CASCADES),
    decided(
        "A definition with `TableType` makes the table of a derived struct elastic.",
        "the metadata of a struct has no kind of table",
        STRUCTS,
    ),
    decided(
        "An upsert that replaces a row of another owner needs Assign: the new row is the caller's, unless it names its owner.",
        "no page says it; otherwise whoever may change a row takes it",
        "service::elastic::writes::replacing_a_row_of_another_owner_needs_assign",
    ),
];
