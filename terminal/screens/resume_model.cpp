#include "terminal/screens/resume_model.hpp"

#include "domain/amount_text.hpp"

#include <algorithm>
#include <fmt/format.h>

namespace fangxin::terminal::till {

namespace {

constexpr std::size_t rows_on_a_page = 6;

std::size_t pages_of(const ResumeFacts& facts) {
    return std::max<std::size_t>(1, (facts.holds.size() + rows_on_a_page - 1) / rows_on_a_page);
}

bool may_take(const HoldRow& hold, const ResumeFacts& facts) {
    return facts.basket_empty && (facts.online || hold.own);
}

ResumeView::Row row_of(const HoldRow& hold, const ResumeFacts& facts, const kit::TextTable& texts) {
    ResumeView::Row row{.hold = hold.hold};
    row.title = texts.tr("Till {} · {}", hold.till, hold.person);
    row.note = texts.tr_n("{0} line · held at {1} · {2}", "{0} lines · held at {1} · {2}",
                          hold.lines, domain::clock_text(hold.at), hold.hold);
    row.total = domain::yuan(hold.total_fen, "¥");
    row.enabled = may_take(hold, facts);
    return row;
}

}  // namespace

ResumeView present(const ResumeState& state, const ResumeFacts& facts,
                   const kit::TextTable& texts) {
    ResumeView view;
    const std::size_t page = std::min(state.page, pages_of(facts) - 1);
    for (std::size_t i = page * rows_on_a_page;
         i < std::min(facts.holds.size(), (page + 1) * rows_on_a_page); ++i) {
        view.rows.push_back(row_of(facts.holds[i], facts, texts));
    }
    if (pages_of(facts) > 1) view.page = fmt::format("{}/{}", page + 1, pages_of(facts));
    const bool others = std::ranges::any_of(facts.holds, [](const HoldRow& h) { return !h.own; });
    if (!facts.basket_empty) {
        view.notice = texts.tr("Pay or hold this basket first");
    } else if (!facts.online && others) {
        view.notice = texts.tr("No server: baskets of other tills are taken up there");
    }
    return view;
}

std::optional<std::string> update(ResumeState& state, const ResumeFacts& facts,
                                  const ResumeAction& action) {
    if (std::holds_alternative<resume::NextPage>(action)) {
        state.page = (state.page + 1) % pages_of(facts);
        return std::nullopt;
    }
    const std::string& wanted = std::get<resume::Take>(action).hold;
    const auto hold = std::ranges::find(facts.holds, wanted, &HoldRow::hold);
    if (hold == facts.holds.end() || !may_take(*hold, facts)) return std::nullopt;
    return wanted;
}

}  // namespace fangxin::terminal::till
