#include "terminal/kit/gl_renderer.hpp"

#include <SDL.h>
#include <SDL_opengl.h>
#include <algorithm>
#include <bit>
#include <fmt/format.h>
#include <imgui.h>
#include <imgui_internal.h>
#include <unordered_map>
#if __has_include(<backends/imgui_impl_opengl3.h>)
#include <backends/imgui_impl_opengl3.h>
#else
#include <imgui_impl_opengl3.h>
#endif

namespace fangxin::kit {

namespace {

constexpr GLenum context_lost = 0x0507;  // KHR_robustness
using ResetStatus = GLenum(APIENTRY*)();

/// The functions of GL 1.1 that we need, asked of SDL: a program without a display then runs on a
/// machine without libGL.
struct Gl {
    decltype(&glGenTextures) gen_textures = nullptr;
    decltype(&glDeleteTextures) delete_textures = nullptr;
    decltype(&glBindTexture) bind_texture = nullptr;
    decltype(&glTexImage2D) tex_image = nullptr;
    decltype(&glTexSubImage2D) tex_sub_image = nullptr;
    decltype(&glTexParameteri) tex_parameter = nullptr;
    decltype(&glTexParameteriv) tex_parameters = nullptr;
    decltype(&glPixelStorei) pixel_store = nullptr;
    decltype(&glClearColor) clear_color = nullptr;
    decltype(&glClear) clear = nullptr;
    decltype(&glDisable) disable = nullptr;
    decltype(&glReadPixels) read_pixels = nullptr;
    decltype(&glReadBuffer) read_buffer = nullptr;
    decltype(&glGetError) get_error = nullptr;
    ResetStatus reset_status = nullptr;  ///< none: the driver cannot tell

    bool load() {
        // Libraries hand out functions by any name; what the driver has is in its extensions.
        if (SDL_GL_ExtensionSupported("GL_KHR_robustness") == SDL_TRUE) {
            get(reset_status, "glGetGraphicsResetStatus");
        } else if (SDL_GL_ExtensionSupported("GL_ARB_robustness") == SDL_TRUE) {
            get(reset_status, "glGetGraphicsResetStatusARB");
        }
        return get(gen_textures, "glGenTextures") && get(delete_textures, "glDeleteTextures") &&
               get(bind_texture, "glBindTexture") && get(tex_image, "glTexImage2D") &&
               get(tex_sub_image, "glTexSubImage2D") && get(tex_parameter, "glTexParameteri") &&
               get(tex_parameters, "glTexParameteriv") && get(pixel_store, "glPixelStorei") &&
               get(clear_color, "glClearColor") && get(clear, "glClear") &&
               get(disable, "glDisable") && get(read_pixels, "glReadPixels") &&
               get(read_buffer, "glReadBuffer") && get(get_error, "glGetError");
    }

  private:
    template <class Function>
    static bool get(Function& function, const char* name) {
        function = reinterpret_cast<Function>(SDL_GL_GetProcAddress(name));
        return function != nullptr;
    }
};

struct PictureTexture {
    GLuint name = 0;
    int width = 0;
    int height = 0;
    std::weak_ptr<const Picture> of;
};

/// A live picture is one on the screen and one that comes.
constexpr std::size_t most_spare = 2;

}  // namespace

struct GlRenderer::Impl {
    Gl gl;
    ImGuiContext* context = nullptr;
    std::vector<GLuint> pages;
    std::unordered_map<const Picture*, PictureTexture> pictures;
    std::vector<PictureTexture> spare;  ///< of pictures that are gone, for the next of their size
    bool is_lost = false;

    Impl() = default;
    Impl(const Impl&) = delete;
    Impl& operator=(const Impl&) = delete;
    ~Impl() {
        if (context == nullptr) return;
        delete_textures();
        ImGui_ImplOpenGL3_Shutdown();
        ImGui::DestroyContext(context);
    }

    void delete_textures() {
        if (!pages.empty()) gl.delete_textures(static_cast<GLsizei>(pages.size()), pages.data());
        for (auto& [picture, texture] : pictures)
            gl.delete_textures(1, &texture.name);
        for (const PictureTexture& texture : spare)
            gl.delete_textures(1, &texture.name);
    }

    GLuint new_texture(GLint filter) const {
        GLuint name = 0;
        gl.gen_textures(1, &name);
        gl.bind_texture(GL_TEXTURE_2D, name);
        gl.tex_parameter(GL_TEXTURE_2D, GL_TEXTURE_MIN_FILTER, filter);
        gl.tex_parameter(GL_TEXTURE_2D, GL_TEXTURE_MAG_FILTER, filter);
        gl.tex_parameter(GL_TEXTURE_2D, GL_TEXTURE_WRAP_S, GL_CLAMP_TO_EDGE);
        gl.tex_parameter(GL_TEXTURE_2D, GL_TEXTURE_WRAP_T, GL_CLAMP_TO_EDGE);
        return name;
    }

    void upload_pages(GlyphCache& glyphs) {
        gl.pixel_store(GL_UNPACK_ALIGNMENT, 1);
        gl.pixel_store(GL_UNPACK_ROW_LENGTH, 0);
        while (pages.size() < glyphs.pages().size()) {
            // Glyphs lie on whole pixels, so that the nearest texel is the exact one.
            pages.push_back(new_texture(GL_NEAREST));
            const GLint swizzle[] = {GL_ONE, GL_ONE, GL_ONE, GL_RED};
            gl.tex_parameters(GL_TEXTURE_2D, GL_TEXTURE_SWIZZLE_RGBA, swizzle);
            gl.tex_image(GL_TEXTURE_2D, 0, GL_R8, page_side, page_side, 0, GL_RED, GL_UNSIGNED_BYTE,
                         glyphs.pages()[pages.size() - 1].coverage.data());
            glyphs.uploaded(pages.size() - 1);
        }
        for (std::size_t i = 0; i < pages.size(); ++i) {
            const GlyphCache::Page& page = glyphs.pages()[i];
            if (page.dirty_from == page.dirty_to) continue;
            gl.bind_texture(GL_TEXTURE_2D, pages[i]);
            gl.tex_sub_image(
                GL_TEXTURE_2D, 0, 0, page.dirty_from, page_side, page.dirty_to - page.dirty_from,
                GL_RED, GL_UNSIGNED_BYTE,
                page.coverage.data() + static_cast<std::ptrdiff_t>(page.dirty_from) * page_side);
            glyphs.uploaded(i);
        }
    }

    void forget_pictures() {
        std::erase_if(pictures, [&](const auto& entry) {
            if (!entry.second.of.expired()) return false;
            spare.push_back(entry.second);
            return true;
        });
        while (spare.size() > most_spare) {
            gl.delete_textures(1, &spare.front().name);
            spare.erase(spare.begin());
        }
    }

    GLuint texture_of(const PicturePtr& picture) {
        PictureTexture& texture = pictures[picture.get()];
        if (texture.name != 0) return texture.name;
        const auto fits = [&](const PictureTexture& each) {
            return each.width == picture->width && each.height == picture->height;
        };
        const auto old = std::find_if(spare.begin(), spare.end(), fits);
        gl.pixel_store(GL_UNPACK_ALIGNMENT, 1);
        gl.pixel_store(GL_UNPACK_ROW_LENGTH, 0);
        if (old != spare.end()) {
            texture = *old;
            spare.erase(old);
            gl.bind_texture(GL_TEXTURE_2D, texture.name);
            gl.tex_sub_image(GL_TEXTURE_2D, 0, 0, 0, picture->width, picture->height, GL_RGBA,
                             GL_UNSIGNED_BYTE, picture->rgba.data());
        } else {
            texture = {new_texture(GL_LINEAR), picture->width, picture->height, {}};
            gl.tex_image(GL_TEXTURE_2D, 0, GL_RGBA8, picture->width, picture->height, 0, GL_RGBA,
                         GL_UNSIGNED_BYTE, picture->rgba.data());
        }
        texture.of = picture;
        return texture.name;
    }

    /// Our numbers of textures in the commands become GL's names.
    void name_textures(const Canvas& canvas, ImVector<ImDrawCmd>& commands) {
        for (ImDrawCmd& command : commands) {
            const std::size_t number = std::bit_cast<std::size_t>(command.GetTexID()) - 1;
            const bool is_picture = number >= Canvas::first_picture;
            const GLuint name = is_picture
                                    ? texture_of(canvas.pictures()[number - Canvas::first_picture])
                                    : pages[number];
            command.TextureId = std::bit_cast<ImTextureID>(static_cast<std::size_t>(name));
        }
    }
};

GlRenderer::GlRenderer(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
GlRenderer::~GlRenderer() = default;

Result<std::unique_ptr<GlRenderer>> GlRenderer::make() {
    auto impl = std::make_unique<Impl>();
    if (!impl->gl.load()) return failure("no_opengl", "functions of OpenGL 1.1 are missing");
    ImGuiContext* context = ImGui::CreateContext();
    ImGui::SetCurrentContext(context);
    ImGui::GetIO().IniFilename = nullptr;
    if (!ImGui_ImplOpenGL3_Init("#version 330")) {
        ImGui::DestroyContext(context);
        return failure("no_opengl", "the OpenGL loader found no library");
    }
    impl->context = context;
    return std::unique_ptr<GlRenderer>(new GlRenderer(std::move(impl)));
}

void GlRenderer::draw(const Canvas& canvas, Color background) {
    Impl& impl = *impl_;
    ImGui_ImplOpenGL3_NewFrame();  // makes shaders when there are none
    impl.upload_pages(*canvas.shared_glyphs());
    impl.forget_pictures();
    ImDrawList& list = canvas.list();
    const ImVector<ImDrawCmd> commands = list.CmdBuffer;
    impl.name_textures(canvas, list.CmdBuffer);

    const auto part = [](std::uint8_t channel) { return static_cast<float>(channel) / 255.0F; };
    impl.gl.disable(GL_SCISSOR_TEST);
    impl.gl.clear_color(part(background.r), part(background.g), part(background.b), 1);
    impl.gl.clear(GL_COLOR_BUFFER_BIT);
    ImDrawData data;
    data.Valid = true;
    data.CmdListsCount = 1;
    data.TotalVtxCount = list.VtxBuffer.Size;
    data.TotalIdxCount = list.IdxBuffer.Size;
    data.DisplaySize = {static_cast<float>(canvas.viewport().width_px),
                        static_cast<float>(canvas.viewport().height_px)};
    data.FramebufferScale = {1, 1};
#if IMGUI_VERSION_NUM >= 18980
    data.CmdLists.push_back(&list);
#else
    ImDrawList* lists[] = {&list};
    data.CmdLists = lists;
#endif
    ImGui_ImplOpenGL3_RenderDrawData(&data);
    list.CmdBuffer = commands;  // drawn again after a lost context, with other names
}

Picture GlRenderer::read_back(int width_px, int height_px) const {
    Picture picture;
    picture.width = width_px;
    picture.height = height_px;
    const auto row = static_cast<std::size_t>(width_px) * 4;
    picture.rgba.resize(row * static_cast<std::size_t>(height_px));
    impl_->gl.read_buffer(GL_BACK);
    impl_->gl.pixel_store(GL_PACK_ALIGNMENT, 1);
    impl_->gl.read_pixels(0, 0, width_px, height_px, GL_RGBA, GL_UNSIGNED_BYTE,
                          picture.rgba.data());
    // GL counts rows from the bottom.
    for (std::size_t y = 0; y < static_cast<std::size_t>(height_px) / 2; ++y) {
        const auto upper = picture.rgba.begin() + static_cast<std::ptrdiff_t>(y * row);
        const auto lower = picture.rgba.end() - static_cast<std::ptrdiff_t>((y + 1) * row);
        std::swap_ranges(upper, upper + static_cast<std::ptrdiff_t>(row), lower);
    }
    for (std::size_t i = 3; i < picture.rgba.size(); i += 4)
        picture.rgba[i] = 255;
    return picture;
}

void GlRenderer::start_over(GlyphCache& glyphs) {
    impl_->is_lost = false;
    impl_->pages.clear();
    impl_->pictures.clear();
    impl_->spare.clear();
    ImGui_ImplOpenGL3_Shutdown();
    ImGui_ImplOpenGL3_Init("#version 330");
    glyphs.all_dirty();
}

bool GlRenderer::is_lost() const {
    const Gl& gl = impl_->gl;
    if (impl_->is_lost || gl.get_error() == context_lost) return true;
    return gl.reset_status != nullptr && gl.reset_status() != GL_NO_ERROR;
}

std::size_t GlRenderer::picture_textures() const {
    return impl_->pictures.size() + impl_->spare.size();
}

void GlRenderer::lose() {
    impl_->delete_textures();
    impl_->is_lost = true;
}

}  // namespace fangxin::kit
