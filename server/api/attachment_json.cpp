#include "server/api/attachment_json.hpp"

#include "integrations/crypto/digest.hpp"
#include "integrations/files/file_type.hpp"
#include "server/api/disposition.hpp"
#include "server/api/dto.hpp"
#include "server/http/byte_range.hpp"
#include "ticketing/json_text.hpp"
#include "ticketing/masking.hpp"

#include <algorithm>
#include <array>

namespace hotline::api {
namespace {

using mysql::Attachment;
using ticketing::Audience;
using ticketing::JsonObject;

void flag(JsonObject& out, std::string_view name, bool value) {
    out.raw(name, value ? "true" : "false");
}

void add_facts(JsonObject& out, const Attachment& file, const std::string& name) {
    out.number("id", file.seq).text("name", name);
    out.text("kind", ticketing::name(file.kind));
    out.number("bytes", static_cast<std::int64_t>(file.bytes));
    if (file.width > 0) out.number("width", file.width).number("height", file.height);
    flag(out, "has_preview", file.preview.has_value());
    out.text("at", to_text(file.at));
}

struct RefusalText {
    files::Refusal why;
    std::string_view zh;
    std::string_view en;
};

constexpr std::array<RefusalText, 9> refusal_texts{{
    {files::Refusal::empty, "文件是空的，请重新选择", "The file is empty; choose it again."},
    {files::Refusal::unknown_type,
     "只能上传图片（JPG、PNG、WebP）、PDF、Word（docx）、Excel（xlsx）、文本（UTF-8 编码的 "
     "txt）和录音（m4a、mp3、amr、ogg、webm），请换一种格式",
     "Only pictures (JPG, PNG, WebP), PDF, Word (docx), Excel (xlsx), text (txt in UTF-8) and "
     "voice "
     "recordings (m4a, mp3, amr, ogg, webm) are taken; choose one of these formats."},
    {files::Refusal::heic,
     "不支持 HEIC 图片，请在手机相机设置中选择“兼容性最佳”，或截图后上传",
     "HEIC pictures are not taken; set the camera to \"most compatible\" or send a screenshot."},
    {files::Refusal::old_office,
     "不支持旧版 Office 文件（doc、xls、ppt），请另存为 docx、xlsx 或 PDF 后上传",
     "Old Office files (doc, xls, ppt) are not taken; save it as docx, xlsx or PDF."},
    {files::Refusal::macros,
     "文件中含有宏程序，请另存为不含宏的文档或 PDF 后上传",
     "The document has macros; save it without them or as PDF."},
    {files::Refusal::video,
     "暂不支持视频，请上传照片或录音",
     "Video is not taken; send photographs or a voice recording."},
    {files::Refusal::other_extension,
     "文件内容与扩展名不一致，请用正确的格式另存后上传",
     "The file is not what its extension says; save it in its proper format."},
    {files::Refusal::too_many_pixels,
     "图片超过五千万像素，请缩小后上传",
     "The picture has more than 50 million pixels; make it smaller."},
    {files::Refusal::damaged,
     "图片已损坏，无法打开，请重新拍照或选择其他图片",
     "The picture is damaged and cannot be opened; take it again or choose another one."},
}};

// What is safe to show is shown, the rest saved.
Saving saving_of(ticketing::FileKind kind) {
    using enum ticketing::FileKind;
    const bool saved = kind == pdf || kind == docx || kind == xlsx || kind == text;
    return saved ? Saving::saved : Saving::shown;
}

}  // namespace

std::string attachment_json(const Attachment& file, const ticketing::FieldViews& views) {
    const bool masked = views.free_text != ticketing::View::clear;
    JsonObject out;
    add_facts(out, file, masked ? ticketing::masked_text(file.name) : file.name);
    flag(out, "internal", file.audience == Audience::staff);
    flag(out, "held", file.audience == Audience::held);
    out.text("by_role", ticketing::name(file.role)).text("by_name", file.by_name);
    return out.str();
}

std::string own_attachment_json(const Attachment& file) {
    JsonObject out;
    add_facts(out, file, file.name);
    flag(out, "own", file.role == ticketing::Role::enterprise);
    return out.str();
}

std::string attachments_json(
    const std::vector<Attachment>& files,
    const ticketing::Actor& actor,
    const ticketing::FieldViews& views
) {
    std::string items = "[";
    for (const Attachment& file : files) {
        if (!may_open_file(actor, file.audience, file.user)) continue;
        if (items.size() > 1) items += ',';
        items += attachment_json(file, views);
    }
    return items + "]";
}

std::string own_attachments_json(
    const std::vector<Attachment>& files, const ticketing::Ticket& ticket
) {
    std::string items = "[";
    for (const Attachment& file : files) {
        // A released one stands there already as the one he sent.
        const bool released =
            file.audience == Audience::everyone &&
            std::ranges::any_of(files, [&file](const Attachment& other) {
                return other.audience == Audience::held && other.sent == file.sent;
            });
        if (released || !shown_to_appellant(ticket, file.audience, file.role)) continue;
        if (items.size() > 1) items += ',';
        items += own_attachment_json(file);
    }
    return items + "]";
}

http::Response file_response(
    const http::Request& request,
    const Attachment& file,
    bool preview,
    const std::string& name,
    std::shared_ptr<const std::string> bytes
) {
    const std::string tag = "\"" + crypto::hex(preview ? *file.preview : file.digest) + "\"";
    http::Response response;
    response.set("etag", tag).set("cache-control", "private, no-cache");
    response.set("content-security-policy", "sandbox; default-src 'none'; frame-ancestors 'none'");
    if (const auto known = request.header("if-none-match"); known && *known == tag) {
        response.status = 304;
        return response;
    }
    const auto kind = preview ? ticketing::FileKind::image : file.kind;
    response.set("content-type", files::media_type_of(kind));
    const std::string plain = "file" + std::string(files::extension_of(kind));
    response.set("content-disposition", disposition(saving_of(kind), plain, name));
    response.set("accept-ranges", "bytes");
    const auto range = http::range_asked(request, bytes->size());
    if (!range) {
        response.shared_body = std::move(bytes);
    } else if (http::mark_as_part(response, *range, bytes->size())) {
        response.body = bytes->substr(range->first, range->length());
    }
    return response;
}

std::string_view refusal_text(std::string_view refusal, bool english) {
    const auto why = ticketing::from_name<files::Refusal>(refusal);
    if (!why) return {};
    const auto found = std::ranges::find(refusal_texts, *why, &RefusalText::why);
    return english ? found->en : found->zh;
}

}  // namespace hotline::api
