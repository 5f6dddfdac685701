// Reads the files of an import folder into records, each line by itself: columns by name, cells by
// the rules of import_tables.hpp. What lines say of each other is import_check's. Any thread.
#pragma once

#include "sync/server/csv.hpp"
#include "sync/server/import_tables.hpp"

#include <filesystem>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace fangxin::sync {

/// What is wrong with a folder, as `file:line: reason`. Beyond the limit they are only counted.
class ImportProblems {
  public:
    static constexpr std::size_t limit = 100'000;

    void add(std::string_view file, int line, std::string_view reason);
    bool empty() const { return problems_.empty(); }
    /// True if something is wrong with this line already.
    bool told(std::string_view file, int line) const;
    /// By file and line.
    std::vector<std::string> sorted() const;

  private:
    struct Problem {
        std::string file;
        int line;
        std::string reason;
    };
    std::vector<Problem> problems_;
    std::set<std::pair<std::string, int>> lines_;
    std::size_t uncounted_ = 0;
};

/// Names every *.csv that is none of ours. Code `nothing_to_import` if none of ours is there.
Result<void> look_at_folder(const std::filesystem::path& folder, ImportProblems& problems);

/// Reads what is there. Days are relative to `now` in the time zone that settings.csv names; where
/// it names none, in that of `now`. The instant so understood comes back.
domain::StoreTime read_folder(const std::filesystem::path& folder, const domain::StoreTime& now,
                              ImportProblems& problems, ImportFolder& into);

}  // namespace fangxin::sync
