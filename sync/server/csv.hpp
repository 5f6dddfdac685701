// A CSV file as shops keep them: UTF-8 or GB18030, comma and quotes (RFC 4180), a header line. Read
// whole into memory, at most 512 MiB; what is wrong with a line is told with its number and does
// not stop the others from being read. The only place that knows libcsv and ICU. Any thread.
#pragma once

#include "domain/result.hpp"

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace fangxin::sync {

inline constexpr std::uintmax_t csv_bytes_limit = std::uintmax_t{512} * 1024 * 1024;

struct CsvProblem {
    int line = 0;
    std::string reason;
};

/// The rows of one file. Cells lie in one buffer: a million rows are no million allocations.
class CsvTable {
  public:
    const std::vector<std::string>& columns() const { return columns_; }
    std::optional<std::size_t> column(std::string_view name) const;
    std::size_t size() const { return lines_.size(); }
    /// Where the row begins in the file, from 1; the header is line 1 unless blanks precede it.
    int line(std::size_t row) const { return lines_[row]; }
    int header_line() const { return header_line_; }
    std::string_view cell(std::size_t row, std::size_t column) const;
    /// Rows told here are not among the rows above. In the order of the file.
    const std::vector<CsvProblem>& problems() const { return problems_; }

  private:
    friend class CsvReader;
    std::vector<std::string> columns_;
    int header_line_ = 0;
    std::string text_;
    std::vector<std::size_t> ends_{0};  ///< of each cell in `text_`, row by row
    std::vector<int> lines_;
    std::vector<CsvProblem> problems_;
};

/// Valid UTF-8 wins; else GB18030. A file that opens with a UTF-8 mark, or half of whose lines with
/// Chinese in them are valid UTF-8, is UTF-8 with damaged lines, and those are told.
/// Codes: `cannot_read`, `too_large`.
Result<CsvTable> read_csv(const std::filesystem::path& file);

/// The same of bytes already in memory.
CsvTable parse_csv(std::string_view bytes);

}  // namespace fangxin::sync
