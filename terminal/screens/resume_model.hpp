// 取单: the baskets that wait, of all tills. One of another till needs the server (rules 6). Pure.
#pragma once

#include "domain/calendar.hpp"
#include "terminal/kit/text_table.hpp"

#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace fangxin::terminal::till {

struct HoldRow {
    std::string hold;
    int till = 0;
    std::string person;
    domain::StoreTime at;
    std::int64_t total_fen = 0;
    std::int64_t lines = 0;
    bool own = true;  ///< held at this till
};
struct ResumeFacts {
    std::vector<HoldRow> holds;  ///< newest first
    bool online = true;
    bool basket_empty = true;
};
struct ResumeState {
    std::size_t page = 0;
};

struct ResumeView {
    struct Row {
        std::string hold;
        std::string title;
        std::string note;
        std::string total;
        bool enabled = true;
    };
    std::vector<Row> rows;  ///< at most 6
    std::string notice;     ///< why some or all cannot be taken
    std::string page;       ///< `1/2`
};

namespace resume {
struct Take {
    std::string hold;
};
struct NextPage {};
}  // namespace resume
using ResumeAction = std::variant<resume::Take, resume::NextPage>;

ResumeView present(const ResumeState& state, const ResumeFacts& facts, const kit::TextTable& texts);
/// The hold that is to be taken up.
std::optional<std::string> update(ResumeState& state, const ResumeFacts& facts,
                                  const ResumeAction& action);

}  // namespace fangxin::terminal::till
