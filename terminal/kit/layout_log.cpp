#include "terminal/kit/layout_log.hpp"

#include <algorithm>
#include <fmt/format.h>

namespace fangxin::kit {

namespace {

constexpr float apart = 8;
constexpr float tolerance = 0.5F;
constexpr float large_text = 40;

std::string show(Rect r) {
    return fmt::format("({:.0f},{:.0f} {:.0f}x{:.0f})", r.x, r.y, r.w, r.h);
}

bool is_inside(Rect inner, Rect outer) {
    return inner.x >= outer.x - tolerance && inner.y >= outer.y - tolerance &&
           inner.right() <= outer.right() + tolerance &&
           inner.bottom() <= outer.bottom() + tolerance;
}

/// Negative when they overlap.
float distance(Rect a, Rect b) {
    const float across = std::max(a.x - b.right(), b.x - a.right());
    const float down = std::max(a.y - b.bottom(), b.y - a.bottom());
    return std::max(across, down);
}

class Complaints {
  public:
    Complaints(const LayoutLog& log, const Theme& theme) : log_(log), theme_(theme) {}

    std::vector<std::string> run() {
        for (std::size_t i = 0; i < log_.targets.size(); ++i) {
            target(log_.targets[i]);
            for (std::size_t j = 0; j < i; ++j)
                pair(log_.targets[j], log_.targets[i]);
        }
        for (std::size_t i = 0; i < log_.keys.size(); ++i) {
            for (std::size_t j = 0; j < i; ++j)
                pair(log_.keys[j], log_.keys[i]);
        }
        for (std::size_t i = 0; i < log_.texts.size(); ++i) {
            text(log_.texts[i]);
            for (std::size_t j = 0; j < i; ++j)
                pair(log_.texts[j], log_.texts[i]);
        }
        return std::move(found_);
    }

  private:
    template <class... Args>
    void find(fmt::format_string<Args...> format, Args&&... args) {
        found_.push_back(fmt::format(format, std::forward<Args>(args)...));
    }

    void target(const TargetEntry& t) {
        if (t.rect.w < t.min_size - tolerance || t.rect.h < t.min_size - tolerance) {
            find("target '{}' {} is smaller than {:.0f}", t.what, show(t.rect), t.min_size);
        }
        if (!is_inside(t.rect, log_.screen)) {
            find("target '{}' {} leaves the screen", t.what, show(t.rect));
        }
    }

    void pair(const TargetEntry& a, const TargetEntry& b) {
        if (a.layer != b.layer) return;
        const float between = distance(a.rect, b.rect);
        const bool joined = a.spacing == Spacing::joined || b.spacing == Spacing::joined;
        if (between < -tolerance) {
            find("targets '{}' {} and '{}' {} overlap", a.what, show(a.rect), b.what, show(b.rect));
        } else if (!joined && between < apart - tolerance) {
            find("targets '{}' and '{}' are {:.1f} apart, at least {:.0f}", a.what, b.what, between,
                 apart);
        }
    }

    void pair(const KeyEntry& a, const KeyEntry& b) {
        if (a.layer != b.layer || a.key != b.key) return;
        find("{} presses '{}', so never '{}'", name_of(a.key), a.what, b.what);
    }

    void text(const TextEntry& t) {
        if (t.shortened && !t.may_shorten) find("text '{}' is cut in {}", t.text, show(t.room));
        if (t.ink.w > t.room.w + tolerance || t.ink.h > t.room.h + tolerance) {
            find("text '{}' needs {:.0f}x{:.0f} and has {}", t.text, t.ink.w, t.ink.h,
                 show(t.room));
        }
        if (!is_inside(t.ink, log_.screen)) {
            find("text '{}' {} leaves the screen", t.text, show(t.ink));
        }
        if (!t.enabled) return;
        const float wanted = t.size >= large_text ? 3.0F : 4.5F;
        const float has = contrast(theme_.of(t.role), theme_.of(t.on));
        if (has < wanted) {
            find("text '{}' has contrast {:.2f}, at least {:.1f}", t.text, has, wanted);
        }
    }

    void pair(const TextEntry& a, const TextEntry& b) {
        if (a.layer != b.layer) return;
        const Rect both = intersection(a.ink, b.ink);
        if (both.w > 2 && both.h > 4) find("texts '{}' and '{}' overlap", a.text, b.text);
    }

    const LayoutLog& log_;
    const Theme& theme_;
    std::vector<std::string> found_;
};

}  // namespace

Role LayoutLog::under(Point p) const {
    for (std::size_t i = fills.size(); i > 0; --i) {
        if (fills[i - 1].rect.contains(p)) return fills[i - 1].role;
    }
    return Role::background;
}

std::vector<std::string> complaints(const LayoutLog& log, const Theme& theme) {
    return Complaints(log, theme).run();
}

}  // namespace fangxin::kit
