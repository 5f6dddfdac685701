#include "sync/server/csv.hpp"

#include "domain/check.hpp"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <csv.h>
#include <fstream>
#include <memory>
#include <unicode/ucnv.h>
#include <unicode/utf8.h>

namespace fangxin::sync {

namespace {

constexpr std::string_view utf8_mark = "\xEF\xBB\xBF";

struct CloseConverter {
    void operator()(UConverter* converter) const { ucnv_close(converter); }
};
using Converter = std::unique_ptr<UConverter, CloseConverter>;

bool is_ascii(std::string_view text) {
    return std::ranges::all_of(text, [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

bool is_utf8(std::string_view text) {
    const auto* bytes = reinterpret_cast<const uint8_t*>(text.data());
    auto size = static_cast<std::int64_t>(text.size());
    for (std::int64_t i = 0; i < size;) {
        UChar32 code_point = 0;
        U8_NEXT(bytes, i, size, code_point);
        if (code_point < 0) return false;
    }
    return true;
}

/// The next line with its break (LF, CR LF or a lone CR), taken off `rest`. None of these bytes is
/// ever part of a GB18030 character, so that lines can be found before they are decoded.
std::string_view take_line(std::string_view& rest) {
    std::size_t at = rest.find_first_of("\r\n");
    std::size_t size = rest.size();
    if (at != std::string_view::npos) {
        size = at + (rest.substr(at).starts_with("\r\n") ? 2 : 1);
    }
    std::string_view line = rest.substr(0, size);
    rest.remove_prefix(size);
    return line;
}

enum class Encoding { utf8, gb18030 };

Encoding encoding_of(std::string_view bytes) {
    if (bytes.starts_with(utf8_mark)) return Encoding::utf8;
    std::int64_t valid = 0;
    std::int64_t invalid = 0;
    while (!bytes.empty()) {
        std::string_view line = take_line(bytes);
        if (is_ascii(line)) continue;
        ++(is_utf8(line) ? valid : invalid);
    }
    // Few lines of GB18030 are valid UTF-8 by chance: one short word in seven, hardly a sentence.
    return valid >= invalid ? Encoding::utf8 : Encoding::gb18030;
}

Converter open_gb18030() {
    UErrorCode status = U_ZERO_ERROR;
    Converter converter(ucnv_open("gb18030", &status));
    FANGXIN_CHECK(U_SUCCESS(status));
    ucnv_setToUCallBack(converter.get(), UCNV_TO_U_CALLBACK_STOP, nullptr, nullptr, nullptr,
                        &status);
    FANGXIN_CHECK(U_SUCCESS(status));
    return converter;
}

/// UTF-8; false if the bytes are not GB18030.
bool decode(UConverter* converter, std::string_view bytes, std::string& into) {
    into.resize(bytes.size() * 2);  // two bytes become at most three, four at most four
    UErrorCode status = U_ZERO_ERROR;
    std::int32_t size = ucnv_toAlgorithmic(UCNV_UTF8, converter, into.data(),
                                           static_cast<std::int32_t>(into.size()), bytes.data(),
                                           static_cast<std::int32_t>(bytes.size()), &status);
    if (U_FAILURE(status)) return false;
    into.resize(static_cast<std::size_t>(size));
    return true;
}

}  // namespace

/// Feeds libcsv a line at a time, so that it is known where each row begins.
class CsvReader {
  public:
    CsvReader() { start(); }
    ~CsvReader() { csv_free(&parser_); }
    CsvReader(const CsvReader&) = delete;
    CsvReader& operator=(const CsvReader&) = delete;

    CsvTable read(std::string_view bytes);

  private:
    void start() { csv_init(&parser_, CSV_STRICT | CSV_STRICT_FINI); }
    void restart();
    void feed(std::string_view line);
    void problem(int line, std::string reason) {
        table_.problems_.push_back({line, std::move(reason)});
    }
    void on_cell(std::string_view cell);
    void on_row();
    void take_header();
    /// Without it the next line would be taken for the header.
    bool header_failed() const { return table_.columns_.empty() && !table_.problems_.empty(); }
    void drop_row() { table_.text_.resize(row_start_); }
    static void cell_read(void* cell, size_t size, void* self) {
        static_cast<CsvReader*>(self)->on_cell({static_cast<const char*>(cell), size});
    }
    static void row_read(int, void* self) { static_cast<CsvReader*>(self)->on_row(); }

    csv_parser parser_{};
    CsvTable table_;
    int line_ = 0;
    int row_line_ = 0;
    bool in_row_ = false;
    std::size_t row_start_ = 0;           ///< in the table's text
    std::vector<std::size_t> cell_ends_;  ///< of the row at hand
};

void CsvReader::on_cell(std::string_view cell) {
    table_.text_.append(cell);
    cell_ends_.push_back(table_.text_.size());
}

void CsvReader::take_header() {
    std::size_t start = 0;
    for (std::size_t end : cell_ends_) {
        std::string name = table_.text_.substr(start, end - start);
        if (name.empty()) problem(row_line_, "a column has no name");
        if (table_.column(name))
            problem(row_line_, fmt::format("column '{}' is there twice", name));
        table_.columns_.push_back(std::move(name));
        start = end;
    }
    table_.header_line_ = row_line_;
    drop_row();
}

void CsvReader::on_row() {
    if (table_.columns_.empty()) {
        take_header();
    } else if (cell_ends_.size() != table_.columns_.size()) {
        problem(row_line_, fmt::format("{} cells, the header has {}", cell_ends_.size(),
                                       table_.columns_.size()));
        drop_row();
    } else {
        table_.ends_.insert(table_.ends_.end(), cell_ends_.begin(), cell_ends_.end());
        table_.lines_.push_back(row_line_);
    }
    cell_ends_.clear();
    row_start_ = table_.text_.size();
    in_row_ = false;
}

void CsvReader::restart() {
    csv_free(&parser_);
    start();
    drop_row();
    cell_ends_.clear();
    in_row_ = false;
}

void CsvReader::feed(std::string_view line) {
    if (!in_row_) row_line_ = line_;
    in_row_ = line.find_first_not_of(" \t\r\n") != std::string_view::npos || in_row_;
    std::size_t taken = csv_parse(&parser_, line.data(), line.size(), cell_read, row_read, this);
    if (taken == line.size()) return;
    problem(row_line_, row_line_ == line_
                           ? "a quotation mark stands where none may (write \"\" inside quotes)"
                           : fmt::format("its quotes go wrong in line {}", line_));
    restart();
}

CsvTable CsvReader::read(std::string_view bytes) {
    if (bytes.starts_with("\xFF\xFE") || bytes.starts_with("\xFE\xFF")) {
        problem(1, "this is UTF-16; save it as UTF-8");
        return std::move(table_);
    }
    Encoding encoding = encoding_of(bytes);
    if (bytes.starts_with(utf8_mark)) bytes.remove_prefix(utf8_mark.size());
    Converter converter = encoding == Encoding::gb18030 ? open_gb18030() : nullptr;
    std::string decoded;
    while (!bytes.empty() && !header_failed()) {
        std::string_view line = take_line(bytes);
        ++line_;
        if (!is_ascii(line)) {
            bool good = converter ? decode(converter.get(), line, decoded) : is_utf8(line);
            if (!good) {
                problem(line_, converter ? "neither UTF-8 nor GB18030" : "not valid UTF-8");
                restart();
                continue;
            }
            if (converter) line = decoded;
        }
        feed(line);
    }
    if (csv_fini(&parser_, cell_read, row_read, this) != 0)
        problem(row_line_, "its quotation mark is never closed");
    if (table_.columns_.empty() && table_.problems_.empty()) problem(1, "there is no header line");
    return std::move(table_);
}

std::optional<std::size_t> CsvTable::column(std::string_view name) const {
    auto found = std::ranges::find(columns_, name);
    if (found == columns_.end()) return std::nullopt;
    return static_cast<std::size_t>(found - columns_.begin());
}

std::string_view CsvTable::cell(std::size_t row, std::size_t column) const {
    FANGXIN_CHECK(row < lines_.size() && column < columns_.size());
    std::size_t at = row * columns_.size() + column;
    return std::string_view(text_).substr(ends_[at], ends_[at + 1] - ends_[at]);
}

CsvTable parse_csv(std::string_view bytes) { return CsvReader().read(bytes); }

Result<CsvTable> read_csv(const std::filesystem::path& file) {
    std::error_code failed;
    std::uintmax_t size = std::filesystem::file_size(file, failed);
    if (failed) return failure("cannot_read", file.string() + ": " + failed.message());
    if (size > csv_bytes_limit) return failure("too_large", file.string() + ": above 512 MiB");
    std::ifstream in(file, std::ios::binary);
    std::string bytes(size, '\0');
    if (!in.read(bytes.data(), static_cast<std::streamsize>(size))) {
        return failure("cannot_read", file.string() + ": " + std::strerror(errno));
    }
    return parse_csv(bytes);
}

}  // namespace fangxin::sync
