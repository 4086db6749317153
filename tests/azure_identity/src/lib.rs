//! The page of the guide whose examples need `azure_identity`, as doctests.

#![doc = include_str!("../../../runtime/docs/guide/connecting.md")]
