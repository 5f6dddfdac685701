// What the admin area's pages are told, read from the till's database; what only the server knows
// comes with its figures. Read when a page opens or rows change, never for a frame; always inside
// Database::reading, so that nothing half read is taken for all there is. Main loop only.
#pragma once

#include "domain/permissions.hpp"
#include "sync/messages.hpp"
#include "terminal/admin/admin_model.hpp"
#include "terminal/station/goods_search.hpp"
#include "terminal/station/item_names.hpp"
#include "terminal/station/recall_answers.hpp"

#include <map>
#include <memory>
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
    /// A new reading: what the pages have in common is read once in it. With the server's figures,
    /// once they came; none: only what this till knows.
    void begin(const sync::Figures* figures);

    admin::TodayFacts today();
    /// With the codes of the chosen one.
    admin::ItemsFacts items(const admin::ListState& shown);
    admin::BatchesFacts batches();
    /// Another one when batches() would tell something else, but for the time that went by.
    std::string batches_version();
    /// With batches and trace of the recall `live`, if it is one of them.
    admin::RecallsFacts recalls(const std::string& live);
    admin::RecallMakeFacts making(const admin::RecallDraft& draft);
    admin::AttemptsFacts attempts(std::int64_t since_ms);
    const admin::ComplaintsFacts& complaints();
    const admin::TerminalsFacts& terminals();
    const admin::FaultsFacts& faults();
    /// With the changes of the chosen one; so the next.
    admin::DevicesFacts devices(const std::string& chosen);
    const admin::InstrumentsFacts& instruments(const std::string& chosen);
    /// With the label that was scanned, as the draft or what is in force reads it.
    admin::LabelsFacts labels(const admin::LabelsState& shown);
    bool may_recall() const;
    /// Counts beside the areas.
    std::vector<admin::AdminFacts::Waiting> waiting();

    const std::string& person_name(const std::string& number);

  private:
    /// What was read since begin().
    struct Read {
        explicit Read(Station& station) : names(station) {}
        ItemNames names;
        std::map<std::string, std::string> people;
        std::map<std::string, std::string> suppliers;
        std::map<std::string, std::string> categories;
        std::optional<std::vector<domain::Block>> blocks;
        std::map<std::string, std::vector<domain::Block>> blocks_of;  ///< by item
        std::map<std::string, std::int64_t> cursors;                  ///< by block
        std::vector<HeardTerminal> heard;
        std::optional<admin::ComplaintsFacts> complaints;
        std::optional<admin::TerminalsFacts> terminals;
        std::optional<std::vector<admin::RecallFact>> recalls;
        std::optional<admin::FaultsFacts> faults;
        std::optional<admin::InstrumentsFacts> instruments;
    };

    domain::ReportScope scope() const;
    const std::string& supplier_name(const std::string& code);
    const std::string& category_name(const std::string& code);
    const std::vector<domain::Block>& blocks();
    const std::vector<domain::Block>& blocks_of(const std::string& item);
    std::int64_t cursor_of(const std::string& block);
    const std::vector<HeardTerminal>& heard();
    /// Item, age and standing; the page adds the rest.
    admin::BatchFact batch_fact(domain::Batch batch);
    bool concerns(const domain::Block& block, const sync::Complaint& complaint);
    std::vector<admin::ComplaintFact::Step> steps_of(const sync::Complaint& complaint);
    admin::RecallFact recall_fact(const domain::Block& block);
    /// Newest first, without batches.
    const std::vector<admin::RecallFact>& all_recalls();
    void add_covered(admin::RecallFact& fact);
    void add_own_sales(admin::TodayFacts& facts);
    void add_sales(admin::TodayFacts& facts) const;
    void add_attempts(admin::TodayFacts& facts);
    void add_batches(admin::TodayFacts& facts);
    void add_withdrawals(admin::TodayFacts& facts, std::vector<admin::BatchFact> withdrawals);
    void add_recalls(admin::TodayFacts& facts);
    void add_unrecorded(admin::TodayFacts& facts);
    void add_complaints(admin::TodayFacts& facts);
    void add_terminals(admin::TodayFacts& facts);
    void add_identities(admin::TerminalsFacts& facts);
    void add_faults(admin::TodayFacts& facts);
    void add_instruments(admin::TodayFacts& facts);
    std::vector<admin::ChangeFact> changes_of(const std::string& subject);

    Station& station_;
    GoodsSearch& goods_;
    const kit::TextTable& texts_;
    const sync::Figures* figures_ = nullptr;
    std::unique_ptr<Read> read_;
};

}  // namespace fangxin::terminal
