#include "server/http/problem_texts.hpp"

#include <algorithm>
#include <array>

namespace hotline::http {

namespace {

using enum ErrorCode;

// In the order of the enumerators.
constexpr std::array texts{
    ProblemText{
        malformed_json,
        400,
        0,
        {"请求不是有效的 JSON", "Not valid JSON"},
        {"提交的内容不是有效的 JSON[（{}）]，请检查格式后重新提交。",
         "The body is not one valid JSON value[ ({})]; correct it and send it again."}
    },
    ProblemText{
        invalid_utf8,
        400,
        0,
        {"文字编码不正确", "Not valid UTF-8"},
        {"内容含有无法识别的字符，请使用 UTF-8 编码并去掉空字符后重新提交。",
         "The text is not UTF-8 or holds a NUL character; remove it and send it again."}
    },
    ProblemText{
        validation_failed,
        422,
        0,
        {"填写有误", "Some fields are wrong"},
        {"有内容填写不正确，请按提示逐项修改后重新提交。",
         "Some fields need correcting; see the list and send it again."}
    },
    ProblemText{
        missing_field,
        422,
        0,
        {"缺少必填内容", "A required field is missing"},
        {"此项必填，请填写。", "This is required; please fill it in."}
    },
    ProblemText{
        wrong_type,
        422,
        0,
        {"数据类型不正确", "Wrong type"},
        {"数据类型不正确[，应为 {}]，请修改。",
         "The type is wrong[; expected {}]; please correct it."}
    },
    ProblemText{
        too_long,
        422,
        0,
        {"内容过长", "Too long"},
        {"内容过长[，最多 {}]，请缩短。", "This is too long[; at most {}]; please shorten it."}
    },
    ProblemText{
        too_short,
        422,
        0,
        {"内容过短", "Too short"},
        {"内容过短[，至少 {}]，请补充。", "This is too short[; at least {}]; please add to it."}
    },
    ProblemText{
        not_in_list,
        422,
        0,
        {"不在可选范围内", "Not one of the choices"},
        {"所填内容不在可选范围内[（可选：{}）]，请重新选择。",
         "This is not one of the choices[ ({})]; please choose again."}
    },
    ProblemText{
        invalid_format,
        422,
        0,
        {"格式不正确", "Wrong format"},
        {"格式不正确[（{}）]，请检查后重新填写。", "The format is wrong[ ({})]; please correct it."}
    },
    ProblemText{
        invalid_uscc,
        422,
        0,
        {"统一社会信用代码不正确", "Wrong credit code"},
        {"统一社会信用代码应为 18 位且校验位正确，请对照营业执照核对。",
         "A unified social credit code has 18 characters and a check digit; compare it with the "
         "business licence."}
    },
    ProblemText{
        unknown_division,
        422,
        0,
        {"未知的县区或镇街", "Unknown district or town"},
        {"没有这个县区、镇街或开发区，请从列表中选择。",
         "There is no such district, town or zone; please choose one from the list."}
    },
    ProblemText{
        unknown_reference,
        422,
        0,
        {"引用的对象不存在", "Unknown reference"},
        {"所填的对象不存在，请核对后重新选择。",
         "What this names does not exist; please check it and choose again."}
    },
    ProblemText{
        rule_broken,
        422,
        0,
        {"不符合规则", "Against a rule"},
        {"所填内容不符合规则，请修改后重新提交。",
         "What is given breaks a rule; please change it and send it again."}
    },
    ProblemText{
        bad_request,
        400,
        0,
        {"请求无法识别", "Bad request"},
        {"请求不符合 HTTP 规范[（{}）]，请检查客户端或代理后重试。",
         "The request is not proper HTTP[ ({})]; check the client or proxy and try again."}
    },
    ProblemText{
        header_too_large,
        431,
        0,
        {"请求头过大", "Request header too large"},
        {"请求头过大，请清除本站 Cookie 或缩短地址后重试。",
         "The request header is too large; clear this site's cookies or shorten the address."}
    },
    ProblemText{
        request_timeout,
        408,
        0,
        {"请求超时", "Request timed out"},
        {"请求发送过慢，连接已关闭，请检查网络后重试。",
         "The request arrived too slowly and was ended; check the network and try again."}
    },
    ProblemText{
        method_not_allowed,
        405,
        0,
        {"不支持此请求方法", "Method not allowed"},
        {"此地址不支持该请求方法[，可用：{}]，请改用其他方法。",
         "This address does not take that method[; allowed: {}]; use another one."}
    },
    ProblemText{
        body_too_large,
        413,
        0,
        {"提交的内容过大", "Body too large"},
        {"提交的内容过大[，最多 {} 字节]，请减少内容后重新提交。",
         "The body is too large[; at most {} bytes]; send less."}
    },
    ProblemText{
        unsupported_media_type,
        415,
        0,
        {"不支持的内容类型", "Unsupported media type"},
        {"不支持此内容类型[，应为 {}]，请更换后重新提交。",
         "This media type is not supported[; use {}]; change it and send it again."}
    },
    ProblemText{
        idempotency_key_missing,
        400,
        0,
        {"缺少幂等键", "Idempotency-Key missing"},
        {"请求须带 Idempotency-Key 请求头（8–200 个可见字符），请补充后重新提交。",
         "Send an Idempotency-Key header of 8 to 200 visible characters with this request."}
    },
    ProblemText{
        idempotency_key_reused,
        422,
        0,
        {"幂等键已用于其他内容", "Idempotency-Key reused"},
        {"此 Idempotency-Key 已用于另一份内容，请换一个新键再提交。",
         "This Idempotency-Key was used with another body; use a new key."}
    },
    ProblemText{
        in_progress,
        409,
        1,
        {"正在处理", "Already in progress"},
        {"相同的请求正在处理中，请稍候再查询结果。",
         "The same request is being worked on; ask again in a moment."}
    },
    ProblemText{
        not_authenticated,
        401,
        0,
        {"请先登录", "Not logged in"},
        {"请登录后再操作。", "Please log in and try again."}
    },
    ProblemText{
        session_expired,
        401,
        0,
        {"登录已过期", "Session expired"},
        {"登录已过期，请重新登录，未提交的内容仍保留在页面上。",
         "Your session has ended; log in again, what you typed is still on the page."}
    },
    ProblemText{
        wrong_credentials,
        401,
        0,
        {"用户名或密码不正确", "Wrong user name or password"},
        {"用户名或密码不正确，请重新输入；忘记密码请联系管理员。",
         "The user name or password is wrong; try again or ask an administrator to reset it."}
    },
    ProblemText{
        account_locked,
        429,
        600,
        {"账号暂时锁定", "Account locked"},
        {"连续多次登录失败，账号已暂时锁定[，请 {} 秒后再试]；如非本人操作请联系管理员。",
         "Too many failed log-ins; the account is locked for now[, try again in {} seconds]; if it "
         "was "
         "not you, tell an administrator."}
    },
    ProblemText{
        password_change_required,
        403,
        0,
        {"请先修改密码", "Password change required"},
        {"首次登录或密码已到期，请先修改密码。",
         "The password is initial or has expired; change it first."}
    },
    ProblemText{
        csrf_failed,
        403,
        0,
        {"页面校验失败", "Page check failed"},
        {"页面已失效，请刷新后重试。", "The page is out of date; reload it and try again."}
    },
    ProblemText{
        origin_not_allowed,
        403,
        0,
        {"请求来源不被允许", "Origin not allowed"},
        {"请求来自未经许可的网站，请从热线官方页面操作。",
         "The request comes from a site that is not permitted; use the hotline's own pages."}
    },
    ProblemText{
        forbidden,
        403,
        0,
        {"没有权限", "Not permitted"},
        {"您的角色不能进行此操作，如有需要请联系管理员。",
         "Your role may not do this; ask an administrator if you need to."}
    },
    ProblemText{
        not_found,
        404,
        0,
        {"未找到", "Not found"},
        {"没有找到您要的内容，请核对地址或编号。",
         "There is nothing here; check the address or number."}
    },
    ProblemText{
        wrong_query_code,
        404,
        0,
        {"工单号或查询码不正确", "Wrong number or code"},
        {"工单号或查询码不正确，请核对受理时收到的信息后重试。",
         "The ticket number or code is wrong; compare them with what you were given."}
    },
    ProblemText{
        rate_limited,
        429,
        10,
        {"操作过于频繁", "Too many requests"},
        {"操作过于频繁[，请 {} 秒后再试]，请稍后重试。",
         "Too many requests[; wait {} seconds]; try again later."}
    },
    ProblemText{
        precondition_required,
        428,
        0,
        {"缺少版本号", "If-Match missing"},
        {"请求须带 If-Match 请求头（工单的 ETag），请刷新工单后再操作。",
         "Send If-Match with the ticket's ETag; reload the ticket and try again."}
    },
    ProblemText{
        stale_version,
        412,
        0,
        {"工单已被他人更新", "The ticket has changed"},
        {"您打开后内容已有变化，请刷新查看最新内容后再操作。",
         "It has changed since you opened it; reload it and try again."}
    },
    ProblemText{
        not_allowed_in_state,
        409,
        0,
        {"当前状态不能进行此操作", "Not possible in this state"},
        {"工单在当前状态下不能进行此操作，请刷新后按页面提供的操作办理。",
         "The ticket's state does not admit this act; reload it and use one of the acts offered."}
    },
    ProblemText{
        guard_failed,
        409,
        0,
        {"不满足办理条件", "A condition is not met"},
        {"此操作的条件尚未满足[：{}]。", "A condition for this act is not met[: {}]."}
    },
    ProblemText{
        file_refused,
        422,
        0,
        {"文件未被接收", "The file was not taken"},
        {"[{}。]请处理后重新上传。", "[{} ]Then send it again."}
    },
    ProblemText{
        queue_full,
        503,
        5,
        {"系统繁忙", "Busy"},
        {"当前提交人数较多，请稍后用同一页面重新提交，内容不会重复登记。",
         "The line is busy; send it again in a moment, it will not be registered twice."}
    },
    ProblemText{
        store_unavailable,
        503,
        5,
        {"服务暂时不可用", "Temporarily unavailable"},
        {"系统暂时无法保存，请稍后重新提交，内容不会重复登记；紧急情况请拨打 12345。",
         "It could not be stored just now; send it again shortly, it will not be registered twice. "
         "If "
         "urgent, call 12345."}
    },
    ProblemText{
        deadline_exceeded,
        503,
        2,
        {"等待超时", "Gave up waiting"},
        {"系统响应超时，结果未知，请稍后重新提交，内容不会重复登记。",
         "No answer in time and the outcome is unknown; send it again, it will not be done twice."}
    },
    ProblemText{
        conflict,
        409,
        1,
        {"与他人的操作冲突", "Conflict"},
        {"与他人的操作同时进行，请刷新后重试。",
         "Somebody else did this at the same time; reload and try again."}
    },
    ProblemText{
        internal,
        500,
        0,
        {"系统内部错误", "Internal error"},
        {"系统出现问题，已记录；请稍后重试，仍不成功请把请求编号告知管理员。",
         "Something went wrong and was logged; try again later or give an administrator the "
         "request id."}
    },
};

constexpr bool in_order() {
    for (std::size_t i = 0; i < texts.size(); ++i) {
        if (static_cast<std::size_t>(texts[i].code) != i) return false;
    }
    return true;
}
static_assert(in_order() && texts.size() == static_cast<std::size_t>(internal) + 1);

// Machine words that checks give as the detail of a wrong field.
struct Word {
    std::string_view word;
    BothLanguages sentence;
};
constexpr std::array words{
    Word{
        "classes",
        {"密码须包含大写字母、小写字母、数字、符号中的至少三种。",
         "Use at least three of: capitals, small letters, digits, signs."}
    },
    Word{
        "common",
        {"此密码过于常见，容易被猜到，请换一个。",
         "This password is too common and easily guessed; choose another."}
    },
    Word{
        "user_name",
        {"密码不能包含用户名，请换一个。", "The password may not contain the user name."}
    },
};

}  // namespace

const ProblemText& problem_text(ErrorCode code) {
    return texts.at(static_cast<std::size_t>(code));
}

std::string complete(std::string_view advice, std::string_view detail) {
    const auto open = advice.find('[');
    const auto close = advice.find(']');
    if (open == std::string_view::npos || close == std::string_view::npos) {
        return std::string(advice);
    }
    std::string result(advice.substr(0, open));
    if (!detail.empty()) {
        const auto part = advice.substr(open + 1, close - open - 1);
        const auto gap = part.find("{}");
        result.append(part.substr(0, gap)).append(detail).append(part.substr(gap + 2));
    }
    return result.append(advice.substr(close + 1));
}

std::string field_message(const FieldError& error, bool english) {
    // A rule tells itself, in the asker's language already.
    if (error.code == rule_broken && !error.detail.empty()) return error.detail;
    const auto word = std::ranges::find(words, error.detail, &Word::word);
    const auto& sentence = word != words.end() ? word->sentence : problem_text(error.code).advice;
    return complete(english ? sentence.en : sentence.zh, error.detail);
}

}  // namespace hotline::http
