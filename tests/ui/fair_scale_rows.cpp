// The customers' check scale: idle, weighing, comparing, out of use.
#include "terminal/screens/fair_scale_view.hpp"
#include "tests/ui/screen_rows.hpp"

namespace fangxin::ui_rows {

namespace {

using namespace terminal::fair;

const kit::TextTable& table(domain::Language language) {
    static const kit::TextTable zh = kit::TextTable::load(domain::Language::zh);
    static const kit::TextTable en = kit::TextTable::load(domain::Language::en);
    return language == domain::Language::zh ? zh : en;
}

void add(std::vector<ScreenRow>& rows, std::string name, const State& state, const Facts& facts) {
    rows.push_back({"fair_scale", std::move(name), till_size,
                    [state, facts](kit::Ui& ui, const kit::TextTable&) {
                        const View view =
                            present(state, facts,
                                    {table(domain::Language::zh), table(domain::Language::en)});
                        draw(ui, view, ui.screen());
                    }});
}

Facts at_rest() {
    return {.reading = Facts::Reading{.stable = true},
            .max_mg = 30'000'000,
            .min_mg = 200'000,
            .e_mg = 10'000,
            .certificate = "SAMPLE-JD-0004",
            .until = domain::parse_date("2027-06-18")};
}

Facts::Told bananas(std::int64_t labelled_mg, std::int64_t measured_mg) {
    const domain::Instrument scale{
        .accuracy_class = "III", .max_mg = 30'000'000, .min_mg = 200'000, .e_mg = 10'000};
    return {.name = "香蕉",
            .weight_mg = labelled_mg,
            .comparison = domain::compare_fairly(
                scale, {.labelled_mg = labelled_mg, .measured_mg = measured_mg})};
}

}  // namespace

std::vector<ScreenRow> fair_scale_rows() {
    std::vector<ScreenRow> rows;
    Facts facts = at_rest();
    add(rows, "empty", {}, facts);
    add(rows, "keying", {.keying = true, .typed = "1234"}, facts);
    facts.reading = Facts::Reading{true, false, false, 1'240'000, 1'240'000};
    add(rows, "weight", {}, facts);
    facts.told = {bananas(1'235'000, 1'240'000)};
    add(rows, "within", {}, facts);
    facts.told = {bananas(1'335'000, 1'240'000)};
    add(rows, "under", {}, facts);
    facts.told = {bananas(1'135'000, 1'240'000)};
    facts.told[0].by_price = true;
    add(rows, "over", {}, facts);
    facts.told = {bananas(1'235'000, 0)};
    facts.reading = Facts::Reading{.stable = true};
    add(rows, "label_before_goods", {}, facts);
    facts.told = {bananas(1'235'000, 0), bananas(515'000, 0), bananas(2'040'000, 0)};
    add(rows, "receipt_lines", {}, facts);
    facts = at_rest();
    facts.unread = Facts::Unread::elsewhere;
    add(rows, "receipt_of_another_till", {}, facts);
    facts = at_rest();
    facts.reading->over = true;
    add(rows, "too_heavy", {}, facts);
    facts = at_rest();
    facts.trouble = Trouble::no_certificate;
    facts.until.reset();
    add(rows, "no_certificate", {}, facts);
    facts = at_rest();
    facts.trouble = Trouble::no_scale;
    add(rows, "no_scale", {}, facts);
    return rows;
}

}  // namespace fangxin::ui_rows
