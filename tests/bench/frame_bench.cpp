// What a pass of the checkout costs before anything reaches OpenGL: facts from the database, the
// model, the view, text, triangles.
#include "terminal/kit/fonts.hpp"
#include "terminal/kit/glyph_cache.hpp"
#include "terminal/kit/stage.hpp"
#include "tests/bench/filled_shop.hpp"
#include "tests/bench/till_at_desk.hpp"

#include <cstring>
#include <fmt/format.h>
#include <imgui.h>

namespace fangxin::bench {

namespace {

constexpr std::int64_t shop_items = 100'000;
constexpr int lines = 60;

/// The least that a frame costs: its triangles are moved once.
class Triangles {
  public:
    explicit Triangles(const kit::Canvas& canvas) {
        const ImDrawList& list = canvas.list();
        add(list.VtxBuffer.Data,
            static_cast<std::size_t>(list.VtxBuffer.Size) * sizeof(ImDrawVert));
        add(list.IdxBuffer.Data, static_cast<std::size_t>(list.IdxBuffer.Size) * sizeof(ImDrawIdx));
        copy_.resize(bytes_.size());
    }
    void move_once() { std::memcpy(copy_.data(), bytes_.data(), bytes_.size()); }
    std::size_t size() const { return bytes_.size(); }

  private:
    void add(const void* data, std::size_t size) {
        const auto* from = static_cast<const char*>(data);
        bytes_.insert(bytes_.end(), from, from + size);
    }
    std::vector<char> bytes_;
    std::vector<char> copy_;
};

}  // namespace

void bench_frame(Run& run) {
    TillAtDesk till(filled_shop(run, shop_items), lines);
    auto fonts = kit::Fonts::open();
    if (!fonts) throw Failed("cannot draw: " + fonts.error().code, 3);
    kit::Stage stage(std::make_shared<kit::GlyphCache>(*fonts), {});
    stage.resize(1280, 800);
    kit::Draw draw = [&](kit::Ui& ui) { till.desk().play(ui); };
    std::int64_t now_ms = 1000;
    stage.play(draw, now_ms);
    Triangles triangles(stage.canvas());
    Samples took;
    Samples floor;
    for (int i = 0; i < (run.quick ? 200 : 2000); ++i) {
        now_ms += 17;
        took.add(ms_of([&] { stage.play(draw, now_ms); }));
        floor.add(ms_of([&] { triangles.move_once(); }));
    }
    Figure figure = figure_of_times("frame_checkout", took, &floor);
    figure.target = Target{.limit = 1};
    figure.conditions = fmt::format(
        "{} lines in the basket, {} items in the shop, CPU of one pass, nothing kept from the last "
        "one but glyphs; floor: memcpy of its {} KiB of triangles{}",
        till.lines(), shop_items, triangles.size() / 1024, run.quick_note());
    run.report(figure);
}

}  // namespace fangxin::bench
