/** The running text of the notice in Simplified Chinese: its parts, headings and sentences. What is declared has its words in `zh-CN.ts`. */
import type { Labels, Sentences, Texts } from './texts.ts'

/** The nine parts (C8): title and opening of each. */
export const parts: Texts['parts'] = {
  collection: {
    title: '保存什么，为什么保存',
    intro: [
      '工作室只保存下面列出的内容，并且只用于旁边写明的原因。这份文字与正在运行的程序出自同一份文件：这里没有写到的，程序就无法保存、使用或发送。',
      '加粗的词值得多看一眼：敏感信息、需要您单独同意的内容、他人会收到的内容、会离开本国的内容。',
    ],
  },
  browser: {
    title: '您的浏览器里保存了什么',
    intro: [
      'Cookie 是网站留在浏览器里的一张小便条，下次访问时再读取。本工作室只留一张，用来记住您已登录。浏览器还允许网页在您的设备上存放内容，工作室存放的也全部列在下面。这里没有统计分析，也没有广告。为方便而设的内容，您可以全部或逐项拒绝，与允许同样只需按一下；浏览器发出的“全球隐私控制”信号视为拒绝。',
    ],
  },
  sharing: {
    title: '还有谁会收到什么',
    intro: ['您的录音、文字和账号都留在运行本工作室的机器上。降噪和语音识别在这台机器上或在您自己的浏览器里完成。'],
  },
  keeping: {
    title: '保存多久，如何保护',
    intro: ['每样东西都有离开的时候。期限一到，或者您亲手删除时，先销毁密钥，再删除数据。'],
  },
  rights: {
    title: '您可以要求什么，可以自己做什么',
    intro: ['工作室保存的与您有关的一切，您都可以查看、更正、带走，也可以让它消失。这些都不收费。'],
  },
  third_parties: {
    title: '他人的服务',
    intro: [
      '本工作室的页面不从别处加载任何东西：没有外部字体、脚本、像素或视频，浏览器也被要求拒绝这类请求。',
      '负责降噪和语音识别的程序随安装一起提供，不会向外联络。',
      '如果页面上有指向别处的链接，它就只是一个链接，不会带走关于您的任何信息。',
    ],
  },
  minors: {
    title: '儿童和青少年',
    intro: [
      '在不知道您的年龄之前，工作室按儿童来保护您：不做画像，不做营销，不公开发布。您可以告诉它一个年龄段；它从不询问生日。',
      '如果您未满 18 岁，请和父母或其他监护人一起阅读这份文字。',
      '已知未满 14 岁的人，录音、转写和降噪还需要监护人同意。没有监护人同意时，这三项保持关闭，其余功能照常可用。',
    ],
  },
  changes: {
    title: '这份文字变更时',
    intro: [
      '每个版本都有编号、日期和内容指纹，您的同意与它们一起记录。',
      '如果您同意过的某个目的要用到更多信息，或要把信息交给更多的人，原来的同意就不再覆盖它：在您同意新版本之前，这项处理对您停止。其他有所扩大的目的，在您阅读新版本之前对您维持原样。',
      '每次变更都会在每个页面上方以一行文字告知，重大变更还会以对话框告知。曾经生效的每个版本都可在此查阅，并附有其变更内容。',
    ],
  },
  contact: {
    title: '谁为本工作室负责',
    intro: ['这样的工作室由某个人或某个机构自行运营，程序的作者并不参与运营。'],
  },
}

/** Headings and labels. */
export const labels: Labels = {
  basis: '依据',
  uses: '使用',
  kept: '保存',
  actors: '使用者',
  without: '如果不用',
  switch: '开关',
  permission: '权限',
  separate: '这一项会单独征求您的同意。',
  every_category: '保存的关于您的一切',
  categories_section: '上面用到的词',
  never_section: '工作室从不收集什么',
  memory_section: '只经过、不留下的内容',
  permissions_section: '设备权限',
  exemptions_section: '法律允许无需同意的情形',
  entries_section: '您浏览器里的全部内容',
  recipients_section: '名单',
  retention_section: '各种内容保存多久',
  protection_section: '如何保护',
  log_section: '日志里写什么',
  incidents_section: '万一出事',
  rights_section: '您的各项权利',
  switches_section: '您的开关',
  deadline: '最迟期限',
  operator: '运营者',
  officer: '个人信息保护负责人',
  contact: '联系方式',
  address: '地址',
  authority: '主管部门',
  receives: '收到',
  country: '国家或地区',
  agreement: '协议',
  purpose: '目的',
  asked: '需要时询问',
  not_asked: '从不询问',
  law: '法律依据',
  clocks_section: '各项期限',
}

/** Sentences that the notice is composed of. */
export const sentences: Sentences = {
  short: {
    what: (categories) => `工作室保存您放进来的内容（${categories}），以及认出您所需的一点点信息。`,
    where: '它们留在运行本工作室的机器上，不会发给程序的作者，也不会发往云端。',
    sealed: '一切个人内容都用您专属的密钥封存。每次打开都会记下来，您可以查看。',
    consent: (switches) => `以下功能在您同意后才工作，您一撤回就停止：${switches}。`,
    nobody: '没有其他人会收到任何内容。',
    somebody: (recipients) => `只有一样会离开：为了给您发送登录验证码，您的手机号码和那条短信会交给${recipients}。`,
    never: (categories) => `从不收集：${categories}。`,
    erase: (copies) => `您随时可以删除一条录音或全部内容：密钥立即销毁，密钥的最后一份副本在 ${copies}内消失。`,
    refuse: '说“不”和说“是”一样容易，您失去的只是需要那个“是”的功能。',
  },
  exemptions:
    '法律规定了一些无需同意即可使用或提供信息的情形，列在这里以求完整。它们全部处于关闭状态：这个版本没有任何办法启用。',
  no_recipient: '没有。本工作室没有任何接收方。',
  unconfigured: '本运营者没有设置接收方，因此没有人会收到任何内容。',
  no_sale: '这里不出售、不出租、不交换任何信息。程序里没有“买家”这个词，也不允许因接收方得到的信息而收取任何好处。',
  protection: (copies) => [
    '一切个人内容在写入之前都已封存（AES-256-GCM），每条录音各有自己的密钥。您的密钥与数据及数据备份分开存放。',
    `删除时先销毁密钥：从那一刻起，数据不再可读，备份里的和数据库遗留痕迹里的也一样。为应急保留的密钥副本不会超过 ${copies}。`,
    '对录音的处理由单独的进程完成，它只拿到这一条录音的密钥，别无其他。',
    '运行这台机器的人掌握着整座房子的钥匙。封存可以防范磁盘遗失、文件被拷走和旧备份，但防不住运营者本人。请选择您信任的运营者，或者自己来运营：本工作室正是为此而造。',
    '没有万无一失的保护。工作室能承诺的是：您可以核对。',
  ],
  log: (fields) => `程序日志只有这些字段，没有别的：${fields}。其中没有一项说明您是谁或您在哪里。`,
  incidents: (person, authority, china) =>
    `如果您的数据外泄，运营者在发现后 ${person}内告知您发生了什么、对您可能有何影响、采取了什么措施、您可以做什么。向主管部门报告的期限是 ${authority}；在中国，较大事件为 ${china}。`,
  path: '这些都在“我的 - 设置 - 隐私设置”里。',
  withdraw: (time) =>
    `撤回同意不会使过去的处理变得违法；它终止接下来的处理，立即生效，对进行中的工作也一样。仅凭该同意保存的内容会在 ${time}内删除。`,
  major: [
    '下列变更一律算作重大变更，会在生效之前告知您：',
    '使用什么、为什么使用、以何种方式使用；由谁运营；谁会收到信息；您的权利及行使办法；向谁联系；以及同等分量的其他变更。',
  ],
  contact: (time) => `有任何问题或投诉，请写信给运营者。确认是您本人后，您会在 ${time}内得到答复。`,
  no_operator: '本工作室在一台机器上为启动它的人运行。尚未指明运营者；在指明之前，它不能对他人开放。',
  abroad: '该接收方位于另一国家或地区。',
}
