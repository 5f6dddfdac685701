#include "sync/server/import_reader.hpp"

#include "sync/store_zone.hpp"

#include <algorithm>
#include <tuple>

namespace fangxin::sync {

namespace fs = std::filesystem;

namespace {

/// One cell, and all that is needed to understand it.
struct Cell {
    std::string_view text;
    ColumnRule rule;
    domain::Date today;
};

Read<std::string> read_cell(const Cell& cell, const std::string&) {
    switch (cell.rule.form) {
        case CellForm::code:
            return read_code(cell.text);
        case CellForm::barcode:
            return read_barcode(cell.text);
        case CellForm::lot:
            return read_lot(cell.text);
        case CellForm::pin:
            return read_pin(cell.text);
        case CellForm::text:
            break;
    }
    return read_text(cell.text);
}
Read<std::int64_t> read_cell(const Cell& cell, std::int64_t) {
    return read_integer(cell.text, cell.rule.range);
}
Read<bool> read_cell(const Cell& cell, bool) { return read_bool(cell.text); }
Read<domain::Date> read_cell(const Cell& cell, domain::Date) {
    return read_date(cell.text, cell.today);
}
Read<domain::DayMinute> read_cell(const Cell& cell, const domain::DayMinute&) {
    return read_day_minute(cell.text, cell.today);
}
Read<domain::ShelfLife> read_cell(const Cell& cell, const domain::ShelfLife&) {
    return read_shelf_life(cell.text);
}
template <class E>
requires std::is_enum_v<E> Read<E> read_cell(const Cell& cell, E) {
    return read_enum<E>(cell.text);
}
template <class T>
Read<std::optional<T>> read_cell(const Cell& cell, const std::optional<T>&) {
    auto value = read_cell(cell, T{});
    if (!value) return tl::unexpected(value.error());
    return std::optional<T>(*value);
}

template <class R>
ColumnRule rule_of(std::string_view column) {
    for (const ColumnRule& rule : ImportRules<R>::columns) {
        if (rule.name == column) return rule;
    }
    return {.name = column};
}

/// Unknown columns by name, missing ones by name; what is there is marked.
template <Declared R>
void check_header(const CsvTable& csv, ImportProblems& problems, ImportedTable<R>& into) {
    std::string known;
    std::size_t place = 0;
    for_each_field<R>([&](const auto& f) {
        known += fmt::format("{}{}", known.empty() ? "" : ",", f.name);
        bool there = csv.column(f.name).has_value();
        into.present[place++] = there;
        if (!there && rule_of<R>(f.name).required) {
            problems.add(into.file(), csv.header_line(),
                         fmt::format("column '{}' is missing", f.name));
        }
    });
    for (const std::string& column : csv.columns()) {
        bool ours = false;
        for_each_field<R>([&](const auto& f) { ours |= f.name == column; });
        if (ours || column.empty()) continue;
        problems.add(into.file(), csv.header_line(),
                     fmt::format("unknown column {}; known are {}", in_quotes(column), known));
    }
}

/// The declared fields of one table beside the columns that they are read from.
template <Declared R>
class RowReader {
  public:
    RowReader(const CsvTable& csv, domain::Date today, ImportProblems& problems)
        : csv_(csv), today_(today), problems_(problems) {
        for_each_field<R>([&](const auto& f) {
            columns_.push_back(csv.column(f.name));
            rules_.push_back(rule_of<R>(f.name));
        });
    }

    R read(std::size_t row) const {
        R record{};
        std::size_t place = 0;
        for_each_field<R>([&](const auto& f) { read_field(row, place++, record.*(f.pointer)); });
        return record;
    }

  private:
    template <class T>
    void read_field(std::size_t row, std::size_t place, T& into) const {
        if (!columns_[place]) return;
        std::string_view text = csv_.cell(row, *columns_[place]);
        const ColumnRule& rule = rules_[place];
        std::string_view why = "is empty";
        std::string reason;
        if (!text.empty()) {
            auto value = read_cell(Cell{text, rule, today_}, into);
            if (value) {
                into = std::move(*value);
                return;
            }
            reason = std::move(value.error());
            why = reason;
        } else if (!rule.required) {
            return;
        }
        problems_.add(ImportedTable<R>::file(), csv_.line(row),
                      fmt::format("{}: {}", rule.name, why));
    }

    const CsvTable& csv_;
    domain::Date today_;
    ImportProblems& problems_;
    std::vector<std::optional<std::size_t>> columns_;
    std::vector<ColumnRule> rules_;
};

bool ends_in_csv(const fs::path& file) {
    std::string extension = file.extension().string();
    std::ranges::transform(extension, extension.begin(), [](char c) {
        return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    });
    return extension == ".csv";
}

template <Declared R>
void read_table(const fs::path& folder, domain::Date today, ImportProblems& problems,
                ImportedTable<R>& into) {
    std::error_code failed;
    fs::path path = folder / into.file();
    if (fs::symlink_status(path, failed).type() == fs::file_type::not_found) return;
    auto csv = read_csv(path);
    if (!csv) {
        problems.add(into.file(), 1, csv.error().code + ": " + csv.error().detail);
        return;
    }
    for (const CsvProblem& problem : csv->problems()) {
        problems.add(into.file(), problem.line, problem.reason);
    }
    if (csv->columns().empty()) return;
    check_header(*csv, problems, into);
    RowReader<R> reader(*csv, today, problems);
    into.rows.reserve(csv->size());
    for (std::size_t i = 0; i < csv->size(); ++i) {
        into.rows.push_back(reader.read(i));
        into.lines.push_back(csv->line(i));
        if constexpr (Declaration<R>::keys > 0) {
            std::string row_key = key_of_row(into.rows.back());
            auto [found, fresh] = into.by_key.emplace(std::move(row_key), i);
            // An empty key is told as such; twenty of them are not twenty duplicates.
            if (fresh || found->first.find_first_not_of('\x1f') == std::string::npos) continue;
            std::string shown = found->first;
            std::ranges::replace(shown, '\x1f', ' ');
            problems.add(into.file(), csv->line(i),
                         fmt::format("{} stands in line {} already", in_quotes(shown),
                                     into.lines[found->second]));
        }
    }
}

}  // namespace

void ImportProblems::add(std::string_view file, int line, std::string_view reason) {
    if (problems_.size() >= limit) {
        ++uncounted_;
        return;
    }
    problems_.push_back({std::string(file), line, std::string(reason)});
    lines_.emplace(file, line);
}

bool ImportProblems::told(std::string_view file, int line) const {
    return lines_.contains({std::string(file), line});
}

std::vector<std::string> ImportProblems::sorted() const {
    std::vector<const Problem*> order;
    for (const Problem& problem : problems_)
        order.push_back(&problem);
    std::ranges::stable_sort(
        order, {}, [](const Problem* problem) { return std::tie(problem->file, problem->line); });
    std::vector<std::string> texts;
    for (const Problem* problem : order) {
        texts.push_back(fmt::format("{}:{}: {}", problem->file, problem->line, problem->reason));
    }
    if (uncounted_ > 0) texts.push_back(fmt::format("and {} more", uncounted_));
    return texts;
}

Result<void> look_at_folder(const fs::path& folder, ImportProblems& problems) {
    std::error_code failed;
    if (!fs::is_directory(folder, failed)) {
        return failure("not_found", "no folder " + folder.string());
    }
    std::vector<std::string> known;
    const ImportFolder tables;
    for_each_table(tables, [&](const auto& table) { known.push_back(table.file()); });
    bool any = false;
    for (fs::directory_iterator file(folder, failed), end; !failed && file != end;
         file.increment(failed)) {
        std::string name = file->path().filename().string();
        if (std::ranges::find(known, name) != known.end()) {
            any = true;
        } else if (ends_in_csv(file->path())) {
            problems.add(name, 1,
                         fmt::format("no such table; known are {}", fmt::join(known, " ")));
        }
    }
    if (failed) return failure("cannot_read", folder.string() + ": " + failed.message());
    if (!any && problems.empty()) {
        return failure("nothing_to_import",
                       fmt::format("{} has none of {}", folder.string(), fmt::join(known, " ")));
    }
    return {};
}

domain::StoreTime read_folder(const fs::path& folder, const domain::StoreTime& now,
                              ImportProblems& problems, ImportFolder& into) {
    auto& settings = std::get<ImportedTable<Setting>>(into);
    read_table(folder, now.date(), problems, settings);
    domain::StoreTime local = now;
    if (const Setting* name = settings.find("time_zone")) {
        if (auto zone = StoreZone::find(name->value)) local = zone->at(now.utc_ms);
    }
    for_each_table(into, [&]<class R>(ImportedTable<R>& table) {
        if constexpr (!std::is_same_v<R, Setting>) {
            read_table(folder, local.date(), problems, table);
        }
    });
    return local;
}

}  // namespace fangxin::sync
