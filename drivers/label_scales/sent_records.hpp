// What one scale has acknowledged, in a file that outlives the program and a power cut: so only
// changes are sent, and what is gone can be removed. A record that is on its way is not known until
// its answer comes: if the line breaks, either it or the one before lies in the scale.
// One owner; a second program with the same file is told `busy`.
#pragma once

#include "domain/result.hpp"
#include "drivers/transports/descriptor.hpp"

#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace fangxin::drivers {

class SentRecords {
  public:
    /// `folder/ID.sent`; both are made where they are missing. What another protocol has written is
    /// not known any more. A line that is torn or wrong counts as not known.
    /// Errors: `busy`; `cannot_write`, `cannot_read`.
    static Result<SentRecords> open(const std::filesystem::path& folder, const std::string& id,
                                    std::string_view protocol);

    /// By PLU the record that lies in the scale; none: one does, or may, but which is not known.
    const std::map<int, std::optional<std::string>>& all() const { return records_; }
    bool holds(int plu, const std::string& record) const;

    /// Durable when they return. Error: `cannot_write`.
    Result<void> unknown(const std::vector<int>& plus);
    Result<void> acknowledged(int plu, const std::string& record);
    Result<void> removed(const std::vector<int>& plus);

  private:
    Result<void> append(const std::string& lines);
    Result<void> read(std::string_view protocol);

    Descriptor lock_;
    std::filesystem::path file_;
    std::map<int, std::optional<std::string>> records_;
};

}  // namespace fangxin::drivers
