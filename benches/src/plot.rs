//! Draws the picture of BENCHMARKS.md: the time of each way to read a page, with ours as 1.

use core::fmt::Write;

use crate::table::ratio;
use crate::times::Measured;

const WIDTH: usize = 880;
const LABELS: usize = 380;
const TOP: usize = 70;
const BAR: usize = 14;
const ROW: usize = 2 * BAR + 16;
/// Space between the longest bar and the edge.
const RIGHT: usize = 70;

/// A background and colours for light and dark pages, so that the picture is readable on both.
const STYLE: &str = "\
.ground { fill: #ffffff } text { fill: #1f2328; font: 13px system-ui, DejaVu Sans, sans-serif } .title { font-weight: 600; font-size: 15px } \
.c0 { fill: #0b62c4 } .c1 { fill: #8a5a00 } .one { stroke: #6e7781; stroke-dasharray: 3 3 } \
@media (prefers-color-scheme: dark) { .ground { fill: #0d1117 } text { fill: #e6edf3 } \
.c0 { fill: #58a6ff } .c1 { fill: #e3b341 } .one { stroke: #8b949e } }";

/// Draws the groups next to each other, bar by bar. They have the same variants.
pub fn svg(title: &str, groups: &[&Measured]) -> String {
    let Some(first) = groups.first() else { return String::new() };
    let medians = || groups.iter().flat_map(|group| group.ratios.iter().map(|ratio| ratio.median));
    let longest = medians().fold(1.0, f64::max);
    let length = |value: f64| value / longest * (WIDTH - LABELS - RIGHT) as f64;
    let height = TOP + ROW * first.ratios.len() + 10;
    let mut out = String::new();
    let _ = writeln!(
        out,
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {WIDTH} {height}\" width=\"{WIDTH}\" height=\"{height}\" role=\"img\">\n\
         <title>{}</title>\n<style>{STYLE}</style>\n<rect class=\"ground\" width=\"100%\" height=\"100%\" rx=\"6\"/>\n\
         <text class=\"title\" x=\"16\" y=\"26\">{}</text>",
        escaped(title),
        escaped(title)
    );
    for (index, measured) in groups.iter().enumerate() {
        let x = 16 + 180 * index;
        let _ = writeln!(
            out,
            "<rect class=\"c{index}\" x=\"{x}\" y=\"41\" width=\"12\" height=\"12\"/><text x=\"{}\" y=\"52\">{}</text>",
            x + 18,
            escaped(measured.group.column)
        );
    }
    let one = LABELS as f64 + length(1.0);
    let _ = writeln!(
        out,
        "<line class=\"one\" x1=\"{one:.1}\" x2=\"{one:.1}\" y1=\"{}\" y2=\"{}\"/>",
        TOP - 6,
        height - 10
    );
    for (row, variant) in first.group.variants.iter().enumerate() {
        let y = TOP + ROW * row;
        let label = variant.name.replace('`', "");
        let _ = writeln!(
            out,
            "<text x=\"{}\" y=\"{}\" text-anchor=\"end\">{}</text>",
            LABELS - 10,
            y + BAR + 5,
            escaped(&label)
        );
        for (index, measured) in groups.iter().enumerate() {
            let Some(value) = measured.ratios.get(row).map(|ratio| ratio.median) else { continue };
            let (y, length) = (y + BAR * index, length(value));
            let _ = writeln!(
                out,
                "<rect class=\"c{index}\" x=\"{LABELS}\" y=\"{}\" width=\"{length:.1}\" height=\"{}\"/>\
                 <text x=\"{:.1}\" y=\"{}\">{}</text>",
                y + 1,
                BAR - 2,
                LABELS as f64 + length + 6.0,
                y + BAR - 2,
                ratio(value)
            );
        }
    }
    out.push_str("</svg>\n");
    out
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;")
}
