// The batches on record: searched by name, pinyin or lot, filtered by what is wrong with them,
// the one that expires first on top. Touching one opens its page (lookup_model.hpp). Pure; any
// thread.
#pragma once

#include "handheld/screens/goods_words.hpp"
#include "handheld/screens/head_model.hpp"
#include "handheld/screens/home_model.hpp"

#include <variant>
#include <vector>

namespace fangxin::handheld {

enum class BatchFilter { all, near_expiry, expired, blocked, inspecting };

struct BatchesFacts {
    HeadFacts head;
    ReadState reading = ReadState::ready;
    std::vector<BatchFacts> batches;  ///< in any order
};

struct BatchesState {
    BatchFilter filter = BatchFilter::all;
    std::string search;
};

struct BatchesView {
    struct Filter {
        BatchFilter filter = BatchFilter::all;
        std::string count;
        std::string words;
        kit::Role role = kit::Role::muted;
        bool selected = false;
    };
    struct Row {
        std::size_t index = 0;  ///< in the facts
        std::string name;
        std::string note;
        Mark mark;
    };
    HeadView head;
    bool loading = false;
    std::string search;
    std::string placeholder;
    std::vector<Filter> filters;
    std::vector<Row> rows;
    std::string more;  ///< how many there are beyond these
    std::string empty_title;
    std::string empty_hint;
    bool is_unreadable = false;
};

namespace batches {
struct FilterChosen {
    BatchFilter filter = BatchFilter::all;
};
struct Wrote {
    std::string text;
};
struct FieldTouched {};
struct Opened {
    std::size_t index = 0;
};
struct Scanned {
    std::string code;
};
struct Left {};
using Action = std::variant<FilterChosen, Wrote, FieldTouched, Opened, Scanned, Left>;

struct OpenBatch {
    std::string batch;
};
struct LookUp {
    std::string code;
};
/// Let the person write with the on-screen keyboard; answer with Wrote.
struct Write {
    std::string title;
    std::string text;
};
struct Leave {};
using Effect = std::variant<OpenBatch, LookUp, Write, Leave>;
}  // namespace batches

BatchesView present(const BatchesState& state, const BatchesFacts& facts,
                    const kit::TextTable& texts);
std::optional<batches::Effect> update(BatchesState& state, const BatchesFacts& facts,
                                      const batches::Action& action, const kit::TextTable& texts);

}  // namespace fangxin::handheld
