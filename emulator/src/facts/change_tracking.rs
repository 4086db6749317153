//! Change tracking.

use super::Fact;
use super::fact::{decided, documented};

const PAGE: &str = "use-change-tracking-synchronize-data-external-systems, 2023-06-23";

pub(super) const FACTS: &[Fact] = &[
    documented(
        "`Prefer: odata.track-changes` brings a delta link, and `Preference-Applied` repeats it.",
        PAGE,
        "service::change_tracking::the_first_answer_has_all_records",
    ),
    documented(
        "The first answer has all records, empty columns as null.",
        PAGE,
        "service::change_tracking::the_first_answer_has_all_records",
    ),
    documented(
        "The first answer has no deletions.",
        PAGE,
        "service::change_tracking::the_first_answer_has_all_records",
    ),
    documented(
        "A delta token is a version and a time.",
        PAGE,
        "service::change_tracking::the_first_answer_has_all_records",
    ),
    documented(
        "The context of a delta ends with `/$delta`.",
        PAGE,
        "service::change_tracking::a_delta_has_new_changed_and_deleted_records",
    ),
    documented(
        "A delta leaves empty columns out.",
        PAGE,
        "service::change_tracking::a_delta_has_new_changed_and_deleted_records",
    ),
    documented(
        "A delta has new and changed records by their version, and then deletions.",
        PAGE,
        "service::change_tracking::a_delta_has_new_changed_and_deleted_records",
    ),
    documented(
        "A deletion is the context `…/$deletedEntity`, the id and the reason `deleted`.",
        PAGE,
        "service::change_tracking::a_delta_has_new_changed_and_deleted_records",
    ),
    documented(
        "A delta has a delta link for what changes next; without changes it is empty.",
        PAGE,
        "service::change_tracking::a_delta_has_new_changed_and_deleted_records",
    ),
    documented(
        "A delta is about one table.",
        PAGE,
        "service::change_tracking::a_delta_has_new_changed_and_deleted_records",
    ),
    documented(
        "What was created and deleted in between is a deletion.",
        PAGE,
        "service::change_tracking::a_record_created_and_deleted_in_between_is_a_deletion",
    ),
    decided(
        "The delta link on the last page is for what has changed since the first page was read.",
        "no change may be lost between pages",
        "service::change_tracking::a_change_while_pages_are_read_is_in_the_delta",
    ),
    documented(
        "Changes are paged; the last page has the delta link.",
        PAGE,
        "service::change_tracking::a_delta_has_pages",
    ),
    documented(
        "`/$count` with a delta token answers the number of changes.",
        PAGE,
        "service::change_tracking::changes_are_counted",
    ),
    documented(
        "A delta token expires after seven days.",
        PAGE,
        "service::change_tracking::a_token_expires_after_seven_days",
    ),
    decided(
        "An expired delta token is the error 0x80044352 ExpiredVersionStamp.",
        "programs that synchronize with RetrieveEntityChanges handle it so; the code is that of expired version stamps of definitions (cache-schema-data)",
        "service::change_tracking::a_token_expires_after_seven_days",
    ),
    documented(
        "`$filter`, `$orderby`, `$expand` and `$top` are refused, in the page's words.",
        PAGE,
        "service::change_tracking::tracking_is_refused_with_other_options",
    ),
    decided(
        "A delta token that was made up is a 400.",
        "the page calls the links opaque and shows no answer",
        "service::change_tracking::tracking_is_refused_with_other_options",
    ),
    documented(
        "A table has to be enabled for change tracking; its definition says whether it is.",
        PAGE,
        "service::change_tracking::tracking_needs_a_table_that_tracks_changes",
    ),
    documented(
        "The caller needs to read all records of the table.",
        PAGE,
        "service::change_tracking::tracking_needs_the_right_to_read_all_records",
    ),
];
