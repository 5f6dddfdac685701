// Writing on the handheld: the keyboard at the foot, what is written and what it finds above it.
#include "handheld/desk/handheld_desk.hpp"
#include "handheld/screens/head_view.hpp"
#include "handheld/screens/page_parts.hpp"
#include "terminal/kit/field.hpp"
#include "terminal/station/screens/keyboard_view.hpp"

namespace fangxin::handheld {

namespace {

constexpr std::size_t longest_search = 60;
constexpr std::size_t longest_reason = 300;

}  // namespace

void HandheldDesk::act(const batches::Write& effect) {
    write({.title = effect.title,
           .text = effect.text,
           .is_search = true,
           .wrote = [this](const std::string& text) {
               answer(batches::Action{batches::Wrote{text}});
           }});
}

void HandheldDesk::act(const receive::Write& effect) {
    write({.title = effect.title,
           .text = effect.text,
           .is_search = effect.field == receive::Field::search,
           .wrote = [this, field = effect.field](const std::string& text) {
               answer(receive::Action{receive::Wrote{field, text}});
           }});
}

void HandheldDesk::act(const decision::Write& effect) {
    write({.title = effect.title, .text = effect.text, .wrote = [this](const std::string& text) {
               answer(decision::Action{decision::Wrote{text}});
           }});
}

void HandheldDesk::act(const recall::Write& effect) {
    write({.title = effect.title,
           .text = effect.text,
           .is_search = effect.field == recall::Field::search,
           .wrote = [this, field = effect.field](const std::string& text) {
               answer(recall::Action{recall::Wrote{field, text}});
           }});
}

void HandheldDesk::write(Written written) {
    workplace_.writing().close();
    writing_ = std::move(written);
}

void HandheldDesk::end_writing() {
    if (!writing_) return;
    writing_.reset();
    workplace_.writing().close();
}

void HandheldDesk::play_writing(kit::Ui& ui) {
    kit::Rect rest = ui.screen();
    terminal::Writing& writing = workplace_.writing();
    writing.open({.id = writing_->is_search ? "search" : "reason",
                  .wished = writing_->is_search  // it knows pinyin by itself
                                ? kit::KeyboardLanguage::latin
                                : kit::KeyboardLanguage::chinese,
                  .longest = writing_->is_search ? longest_search : longest_reason},
                 writing_->text);
    kit::Rect keyboard = kit::take_bottom(rest, terminal::keyboard_height);
    terminal::WritingAnswer answer = writing.take_typed(ui);
    if (answer.changed) writing_->text = *answer.changed;
    draw_writing(ui, rest);
    if (!writing_) return;
    writing.draw_keys(ui, workplace_.texts(), keyboard, answer);
    if (answer.changed) writing_->text = *answer.changed;
    const Written written = *writing_;
    if (answer.changed && written.is_search) written.wrote(written.text);
    if (!answer.done) return;
    end_writing();
    if (!written.is_search) written.wrote(written.text);
    changed_ = true;
}

void HandheldDesk::draw_writing(kit::Ui& ui, kit::Rect rest) {
    const kit::TextTable& texts = workplace_.texts();
    bool batches = !pages_.empty() && std::holds_alternative<page::Batches>(pages_.back());
    if (batches) return draw_page(ui, rest);
    if (draw_head(ui, texts, present_head(writing_->title, facts_.head(), texts), rest)) {
        changed_ = true;
        return end_writing();
    }
    kit::take_top(rest, 12);
    if (writing_->is_search) return draw_hits(ui, rest);
    kit::text_field(ui, kit::inset(kit::take_top(rest, 150), kit::Padding{.across = page_margin}),
                    {.text = writing_->text,
                     .composing = workplace_.writing().composing(),
                     .active = true,
                     .lines = 4,
                     .longest = longest_reason,
                     .id = kit::id_of("reason")});
}

/// The items that are found, of the page that searches.
void HandheldDesk::draw_hits(kit::Ui& ui, kit::Rect rest) {
    const kit::TextTable& texts = workplace_.texts();
    const auto* recall = std::get_if<page::Recall>(&pages_.back());
    const auto& hits = recall ? facts_.recall(recall->state).hits : facts_.receive(receive_).hits;
    auto found = draw_search(ui, present_search(writing_->text, hits, texts), rest);
    if (!found.hit) return;
    if (recall) {
        answer(recall::Action{recall::HitChosen{*found.hit}});
    } else {
        answer(receive::Action{receive::HitChosen{*found.hit}});
    }
}

}  // namespace fangxin::handheld
