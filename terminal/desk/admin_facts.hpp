// What the admin area's pages are told, read from the till's database; what only the server knows
// comes with its figures. Read when a page opens or rows change, never for a frame. Main loop only.
#pragma once

#include "sync/messages.hpp"
#include "terminal/admin/admin_model.hpp"
#include "terminal/station/goods_search.hpp"
#include "terminal/station/item_names.hpp"
#include "terminal/station/recall_answers.hpp"

#include <optional>
#include <string>
#include <vector>

namespace fangxin::terminal {

/// The areas that a role may see (rules 8, last row: reports and journal). None: no admin area.
std::vector<admin::Area> areas_of(domain::Role role);

class AdminReader {
  public:
    AdminReader(Station& station, GoodsSearch& goods, const kit::TextTable& texts)
        : station_(station), goods_(goods), texts_(texts) {}
    /// The server's figures, once they came; none: only what this till knows.
    void use(const sync::Figures* figures) { figures_ = figures; }

    admin::TodayFacts today();
    admin::ItemsFacts items(const std::string& typed, const std::string& category);
    admin::BatchesFacts batches();
    /// With batches and trace of the recall `live`, if it is one of them.
    admin::RecallsFacts recalls(const std::string& live);
    admin::RecallMakeFacts making(const admin::RecallDraft& draft);
    admin::AttemptsFacts attempts();
    admin::ComplaintsFacts complaints();
    admin::TerminalsFacts terminals();
    /// Counts beside the areas.
    std::vector<admin::AdminFacts::Waiting> waiting();

  private:
    std::string person_name(const std::string& number);
    std::string supplier_name(const std::string& code);
    std::string category_name(const std::string& code);
    bool may_recall() const;
    admin::RecallFact recall_fact(const domain::Block& block,
                                  const std::vector<HeardTerminal>& heard, ItemNames& names);
    void add_covered(admin::RecallFact& fact, ItemNames& names);
    void add_own_sales(admin::TodayFacts& facts);
    void add_sales(admin::TodayFacts& facts) const;
    void add_attempts(admin::TodayFacts& facts);
    void add_goods(admin::TodayFacts& facts);
    void add_duties(admin::TodayFacts& facts);

    Station& station_;
    GoodsSearch& goods_;
    const kit::TextTable& texts_;
    const sync::Figures* figures_ = nullptr;
};

}  // namespace fangxin::terminal
