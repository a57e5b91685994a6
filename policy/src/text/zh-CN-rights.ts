/** @module 政策中关于请求、决定和法定保存的文字（简体中文）。 */

/** 并入 `zh-CN.ts` 的各部分。 */
export const zhRights = {
  sources: { subject: '由您提供', made: '应您要求由您的内容制成', studio: '由工作室记录', host: '由托管方设定' },
  categories: {
    'user.attestation': {
      name: '您为他人作出的保证',
      what: '您保证自己材料中的人已同意：您何时、以何种文字、以何编号作出保证，以及其中是否有人反对。',
    },
    'user.content.share': {
      name: '链接',
      what: '您让他人查看录音或文字的链接：链接中的密钥、所展示的内容，以及向您提示过的事项。',
    },
    'user.rights_request': {
      name: '请求和决定',
      what: '您提出的请求及其答复、程序自行作出的关于您的决定，以及法律要求保存的内容。',
    },
  },
  kinds: {
    share: { name: '链接', what: '您为一条录音或其文字生成的链接。您终止时、到您选定的日期、最迟一年后失效。' },
    fetch: { name: '链接打开记录', what: '有人打开您的链接：时间、内容，以及哪一类浏览器。不记录是谁、从哪里来。' },
    request: { name: '请求', what: '您提出的、需要时间办理的事项：进展、期限和答复。' },
    decision: { name: '程序作出的决定', what: '程序自行拒绝您的每一次：原因、时间和次数。' },
    hold: { name: '依法保存', what: '法律要求保存您的内容：依据哪部法律、到何时为止。仅作存储。' },
    attestation: {
      name: '您对他人图片的保证',
      what: '您保证自己的图片或短片中的人均为成年人并已同意：您何时、以何种文字作出保证，以及其中是否有人反对。不含图片的任何内容。',
    },
    right: { name: '权利行使记录', what: '您所提请求的每一步：冻结、反对、注销、答复。' },
  },
  purposes: {
    share: {
      name: '用链接分享',
      why: '把一条录音或其文字展示给持有您所生成链接的人。没有这样的链接，任何内容都不公开。',
      without: '没有它就不能生成链接，您已有的链接也立即失效。其他功能照常可用。',
    },
    answer_requests: {
      name: '答复请求',
      why: '让托管方的工作人员阅读您的请求并作出答复。他们只看到该请求及其所涉的决定，别无其他；您能看到他们看过。',
      without: '这是法定义务，因此没有开关。只有在您提出请求时才会发生。',
    },
  },
  functions: {
    share_item: '用链接分享',
    freeze_account: '冻结我的账号',
    object_to_use: '反对某项使用',
    see_decisions: '查看关于我的决定并要求复核',
    cancel_account: '注销我的账号',
  },
  rights: {
    freeze: {
      name: '冻结',
      what: '一切保持密封，不作任何使用，直到您解冻。一步即可，他人侵入您的账号时也适用。',
    },
    review: { name: '要求复核决定', what: '由托管方的人员重新审视程序自行作出的决定，并说明理由答复您。' },
  },
  settings: {
    sharing: { name: '用链接分享', what: '关闭后：不能生成新链接，您已有的链接立即失效。' },
  },
  deadlines: {
    identity_check: '核实是您本人（您未当场证明时）',
    cancel_grace: '可以撤回注销账号的时间；之后即执行',
    request_alarm: '请求仍未答复时，工作室提醒托管方',
  },
} as const
