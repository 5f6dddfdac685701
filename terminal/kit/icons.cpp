#include "terminal/kit/icons.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <initializer_list>
#include <numbers>
#include <vector>

namespace fangxin::kit {

namespace {

/// Draws on a square of 24×24 that is scaled to the icon's place.
class Pen {
  public:
    Pen(Ui& ui, Rect rect, Role role, float width) : canvas_(ui.canvas()), color_(ui.color(role)) {
        const float side = std::min(rect.w, rect.h);
        unit_ = side / 24;
        width_ = width * unit_;
        origin_ = {rect.x + (rect.w - side) / 2, rect.y + (rect.h - side) / 2};
    }
    Point at(Point p) const { return {origin_.x + p.x * unit_, origin_.y + p.y * unit_}; }

    void stroke(std::initializer_list<Point> points, bool closed = false) const {
        std::vector<Point> placed;
        for (const Point p : points)
            placed.push_back(at(p));
        canvas_.polyline(placed, color_, width_, closed);
        if (closed) return;
        canvas_.circle(placed.front(), width_ / 2, color_);  // round ends
        canvas_.circle(placed.back(), width_ / 2, color_);
    }
    void frame(Rect r, float radius) const {
        const Point a = at({r.x, r.y});
        canvas_.border({a.x, a.y, r.w * unit_, r.h * unit_}, color_, {radius * unit_, width_});
    }
    void block(Rect r, float radius) const {
        const Point a = at({r.x, r.y});
        canvas_.fill({a.x, a.y, r.w * unit_, r.h * unit_}, color_, radius * unit_);
    }
    void arc(Point center, float radius, float from, float to) const {
        canvas_.arc({at(center), radius * unit_, from, to, width_}, color_);
    }
    /// Grows with the lines.
    void dot(Point center, float radius) const {
        canvas_.circle(at(center), radius * width_ / 2, color_);
    }

  private:
    Canvas& canvas_;
    Color color_;
    float unit_ = 1;
    float width_ = 2;
    Point origin_;
};

void lock(const Pen& pen) {
    pen.block({5, 11, 14, 9.5F}, 2);
    pen.arc({12, 8.5F}, 4, -0.25F, 0.25F);
    pen.stroke({{8, 8.5F}, {8, 11}});
    pen.stroke({{16, 8.5F}, {16, 11}});
}

void backspace(const Pen& pen) {
    pen.stroke({{8.5F, 6}, {21, 6}, {21, 18}, {8.5F, 18}, {3, 12}}, true);
    pen.stroke({{11.5F, 9.5F}, {16.5F, 14.5F}});
    pen.stroke({{16.5F, 9.5F}, {11.5F, 14.5F}});
}

void printer(const Pen& pen) {
    pen.frame({4, 9, 16, 8}, 2);
    pen.stroke({{7.5F, 9}, {7.5F, 4}, {16.5F, 4}, {16.5F, 9}});
    pen.block({7, 14, 10, 6.5F}, 1);
}

void lines_of_shelf(const Pen& pen) {
    pen.frame({4, 3.5F, 16, 17}, 1.5F);
    pen.stroke({{5, 9.2F}, {19, 9.2F}});
    pen.stroke({{5, 14.8F}, {19, 14.8F}});
}

void speech(const Pen& pen) {
    pen.frame({3, 4, 18, 13}, 4);
    pen.stroke({{8, 16.5F}, {8, 20.5F}, {12.5F, 16.5F}});
    for (const float x : {8.0F, 12.0F, 16.0F})
        pen.dot({x, 10.5F}, 1.1F);
}

void list(const Pen& pen) {
    for (const float y : {6.0F, 12.0F, 18.0F})
        pen.stroke({{4.5F, y}, {19.5F, y}});
}

void camera(const Pen& pen) {
    pen.frame({3, 7, 18, 12.5F}, 3);
    pen.block({8.5F, 4.5F, 7, 3.5F}, 1);
    pen.arc({12, 13.2F}, 3.4F, 0, 1);
}

void question(const Pen& pen) {
    pen.arc({12, 8.3F}, 4.3F, -0.25F, 0.36F);
    pen.stroke({{14.6F, 11.6F}, {12, 14.2F}, {12, 15.4F}});
    pen.dot({12, 19.3F}, 1.5F);
    pen.dot({7.7F, 8.3F}, 1);
}

}  // namespace

void draw_icon(Ui& ui, Rect rect, Icon icon, Role role, float width) {
    const Pen pen(ui, rect, role, width);
    switch (icon) {
        case Icon::none:
            return;
        case Icon::check:
            return pen.stroke({{5, 12.8F}, {10, 18}, {19, 6.5F}});
        case Icon::cross:
            pen.stroke({{6, 6}, {18, 18}});
            return pen.stroke({{18, 6}, {6, 18}});
        case Icon::question:
            return question(pen);
        case Icon::exclamation:
            pen.stroke({{12, 5}, {12, 14.5F}});
            return pen.dot({12, 19}, 1.6F);
        case Icon::warning:
            pen.stroke({{12, 3.5F}, {21.5F, 20}, {2.5F, 20}}, true);
            pen.stroke({{12, 10}, {12, 14}});
            return pen.dot({12, 17}, 1.2F);
        case Icon::back:
            return pen.stroke({{14.5F, 5}, {8, 12}, {14.5F, 19}});
        case Icon::forward:
            return pen.stroke({{9.5F, 5}, {16, 12}, {9.5F, 19}});
        case Icon::search:
            pen.arc({10.5F, 10.5F}, 6, 0, 1);
            return pen.stroke({{15, 15}, {20, 20}});
        case Icon::lock:
            return lock(pen);
        case Icon::plus:
            pen.stroke({{12, 5}, {12, 19}});
            return pen.stroke({{5, 12}, {19, 12}});
        case Icon::minus:
            return pen.stroke({{5, 12}, {19, 12}});
        case Icon::backspace:
            return backspace(pen);
        case Icon::down:
            pen.stroke({{12, 4}, {12, 19}});
            return pen.stroke({{6, 13}, {12, 19.5F}, {18, 13}});
        case Icon::clock:
            pen.arc({12, 12}, 8.5F, 0, 1);
            return pen.stroke({{12, 7}, {12, 12}, {15.5F, 14}});
        case Icon::list:
            return list(pen);
        case Icon::shelf:
            return lines_of_shelf(pen);
        case Icon::speech:
            return speech(pen);
        case Icon::camera:
            return camera(pen);
        case Icon::printer:
            return printer(pen);
        case Icon::person:
            pen.arc({12, 7.5F}, 4, 0, 1);
            return pen.stroke(
                {{4, 20.5F}, {5.5F, 16.5F}, {9, 14.5F}, {15, 14.5F}, {18.5F, 16.5F}, {20, 20.5F}});
    }
}

}  // namespace fangxin::kit
