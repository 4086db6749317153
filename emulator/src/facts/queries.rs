//! Queries: `$select`, `$filter`, `$orderby`, `$top`, `$count`, `$apply` and pages.

use super::Fact;
use super::fact::{decided, documented, recorded, reported};

pub(super) const FACTS: &[Fact] = &[
    documented(
        "Text comparison ignores case.",
        "webapi/query/filter-rows, 2025-03-14",
        "service::queries::filters",
    ),
    recorded(
        "A page is an object with `@odata.context`, `value` and, if more rows follow, `@odata.nextLink`.",
        "contacts page recorded from a real org",
        "service::queries::pages_follow_each_other",
    ),
    reported(
        "`ne` finds rows without a value.",
        "github.com/MarkMpn/Sql4Cds, issues 167 and 530, by its maintainer",
        "service::queries::filters",
    ),
    decided(
        "Rows that no `$orderby` sorts come in the order in which they were created.",
        "the documentation promises no order; the oldest first is the easiest to follow in a test",
        "service::queries::sorting",
    ),
];
