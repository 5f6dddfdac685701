// Tells a keyboard-wedge scanner from a person by how fast the keys come. A scanner types a code
// within some milliseconds a key and closes with Enter or Tab; then the whole becomes one Scan and
// no widget sees a key of it, least of all the Enter. Everything else comes out as the keys and
// texts that went in, in order. Once some keys came too fast for a person, a longer pause is
// forgiven: half a code would be another code. More than a hand types without a pause, and no Enter
// after it, comes out as one text and presses nothing. Pure: time is passed in; one thread.
//
//     6 9 0 1 … Enter   every 5 ms      → Scan 6901…
//     1 2 Enter         every 120 ms    → 1, 2, Enter
//     1 2 Enter         every 5 ms      → 1, 2, Enter: too short for a code
//     1 1 1 1 … Enter   held down       → 1, 1, 1, 1, …, Enter
//     100 characters    every 5 ms      → the text of them
#pragma once

#include "terminal/kit/edges.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace fangxin::kit {

class WedgeDetector {
  public:
    /// The longest pause between two keys of a scanner.
    static constexpr std::int64_t gap_ms = 35;
    /// Characters of a code.
    static constexpr std::size_t shortest = 4;

    /// A key or a text as the system reports it; a digit usually comes as both, the key first.
    /// Digits and letters come out as repeated only if a finger holds them down.
    void feed(const Edge& key_or_text, std::int64_t now_ms);
    /// Call when `deadline_ms` has passed: what was held back is no scan.
    void tick(std::int64_t now_ms);
    /// For so long nobody listened (a frame was drawn): it does not count as a pause, up to 100 ms
    /// between two keys.
    void skip(std::int64_t ms);
    /// When held keys have to be let go; nothing when none are held.
    std::optional<std::int64_t> deadline_ms() const;

    /// What came out, in order.
    std::vector<Edge> take();

  private:
    void let_go();
    std::int64_t patience_ms() const;
    bool ends_scan(const Edge& edge) const;
    KeyPress as_pressed(KeyPress press, std::int64_t now_ms);

    std::vector<Edge> held_;
    std::string code_;
    std::int64_t last_ms_ = 0;
    std::int64_t skipped_ms_ = 0;  ///< since the last key
    std::int64_t scan_ended_ms_ = INT64_MIN / 2;
    Key pressed_ = Key::none;  ///< last
    std::int64_t pressed_ms_ = 0;
    bool is_held_ = false;          ///< the last one is held down by a finger
    bool text_is_of_held_ = false;  ///< and its text is still to come
    std::vector<Edge> out_;
};

}  // namespace fangxin::kit
