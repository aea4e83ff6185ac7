//! Columns of text for people.

use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

/// Lines of a table: a head and rows, two blanks between columns; the last column is cut to fit
/// `columns` where that is given.
pub fn lines(rows: &[Vec<String>], columns: Option<usize>) -> Vec<String> {
    let count = rows.iter().map(Vec::len).max().unwrap_or_default();
    let widths: Vec<usize> = (0..count)
        .map(|at| {
            let cells = rows.iter().filter_map(|row| row.get(at));
            cells.map(|cell| cell.width()).max().unwrap_or_default()
        })
        .collect();
    let line = |row: &Vec<String>| {
        let mut line = String::new();
        for (cell, width) in row.iter().zip(&widths) {
            let gap = width.saturating_sub(cell.width()) + 2;
            line.push_str(cell);
            line.push_str(&" ".repeat(gap));
        }
        let line = line.trim_end();
        columns.map_or_else(|| line.to_owned(), |columns| fit(line, columns))
    };
    rows.iter().map(line).collect()
}

/// Cuts a line to a width on grapheme borders; what is cut shows as an ellipsis.
pub fn fit(line: &str, columns: usize) -> String {
    if line.width() <= columns {
        return line.to_owned();
    }
    let mut out = String::new();
    for cluster in line.graphemes(true) {
        if out.width() + cluster.width() >= columns {
            break;
        }
        out.push_str(cluster);
    }
    format!("{}…", out.trim_end())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_line_up_whatever_their_letters() {
        let rows = [
            vec!["日本".into(), "x".into()],
            vec!["a".into(), "yy".into()],
        ];
        assert_eq!(lines(&rows, None), ["日本  x", "a     yy"]);
        assert_eq!(
            lines(&rows, Some(6)),
            ["日本…", "a    …"].map(|l: &str| l.replace("    ", ""))
        );
    }

    #[test]
    fn cutting_counts_columns() {
        assert_eq!(fit("abcdef", 4), "abc…");
        assert_eq!(fit("日本語", 4), "日…");
        assert_eq!(fit("abcd", 4), "abcd");
    }
}
