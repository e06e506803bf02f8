/**
 * How mail that is no standard report shows that a mail system wrote it, and about what: families of wording as data, each with
 * where it comes from. None of them is enough alone; `read-plain-bounce.ts` says which belong together.
 */

/** Local parts of mail systems (RFC 5321 section 4.5.1, RFC 2142; MAILER-DAEMON since Sendmail). */
export const systemAddress = /^(?:mailer[-_. ]?daemon|mail[-_. ]?daemon|maildaemon|mdaemon|post[-_. ]?master|mail[-_. ]delivery(?:[-_. ](?:sub)?system)?|mail[-_.]?system|smtp[-_. ]?daemon|mail-?administrator|mailadmin|ndr|microsoftexchange[\da-f]{8,40}|failure[-_.]notice)(?:@|$)/i
/** Nobody else calls itself that, whoever passed its mail on under a return path of their own. */
export const daemonName = /mailer[-_. ]?daemon|mail[-_. ]?daemon|mail delivery (?:sub-?)?system/i
export const systemName = /(?:mail|message|e-?mail)[- ]?(?:delivery|transfer|transport|routing)[- ](?:sub-?)?(?:system|service|agent|daemon)|mailer[- ]?daemon|mail ?daemon|post ?master|system administrator|mail administrator|mail system|microsoft outlook|microsoft exchange|exchange server|internet mail (?:service|connector|delivery)|mail service$/i

/** Subjects of Sendmail, Postfix, Exim, qmail, Exchange, Notes, GroupWise, Courier, MDaemon, the providers, and their languages. Never after "Re:". */
export const systemSubject = new RegExp(
  [
    'undeliver(?:ed|able)', 'mail failed', 'non[- ]?deliver', 'not delivered', 'could ?n[o\']t be delivered', 'delivery (?:status|failure|failed|notification|error|report|problem|has failed|unsuccessful|delayed)', 'delivery .{0,30}(?:failed|failure)', 'deliverable', 'mail delivery',
    '(?:mail|message|e-?mail) (?:could not|not|delivery|system|status|has failed|failure|error)', 'returned (?:mail|to sender|message)', 'returning message', 'failure notice', 'failed mail', 'mail failure', 'message delivery has failed', 'error sending your', 'rejected mail', 'mail (?:was )?rejected', 'message you sent', 'your message', 'your mail', 'notice: mail delivery status', 'nondeliverable', 'delivery to .{1,60} failed',
    '^(?:delivered|relayed):', '^(?:warning: )?(?:could not send|message .{1,60} delayed)', 'postmaster notify', 'recipient.{0,30}(?:unknown|rejected)', 'user unknown', 'bounced', 'status notification', 'system error', 'nachricht.{0,30}nicht', 'unzustellbar', 'zustell', 'zurückgewiesen', 'rücksendung', 'onbestelbaar', 'niet.{0,10}(?:bezorgd|afgeleverd)', 'bezorg',
    'non remis', 'non distribu', 'échec', 'echec', 'retour', 'no (?:se )?(?:pudo )?entrega', 'error de entrega', 'devuel', 'mancat[ao] (?:recapito|consegna)', 'impossibile recapitare', 'não entreg', 'falha', 'недостав', 'не доставлен', 'доставк', 'niedostarcz', 'nie dostarcz', 'teslim edile', 'kan (?:ikke|inte) lever', 'kunde inte lever', 'kunne ikke lever', 'olevererbar', 'oleverbar', 'ei voitu toimittaa', 'nedoručiteln', 'kézbesíthetetlen', 'kézbesít', 'kan niet worden bezorgd', '退信', '退回', '投递', '无法', '系统退信', '配信', '送信でき', '送信エラー', '送信失敗', '配送', '不達', 'エラー', '반송', '전달',
  ].join('|'),
  'iu',
)

/** What such a mail opens with. Each says that something could not be delivered, in the words of one family. */
export const opening = new RegExp(
  [
    // qmail and its like (QSBMF), Exim, Sendmail, Postfix, Courier
    'wasn\'t able to deliver', 'not able to deliver', 'unable to deliver', 'could ?n[o\']t be delivered', 'cannot be delivered', 'can not be delivered', 'can\'t be delivered', 'could not deliver', 'couldn\'t deliver', 'couldn\'t be delivered', 'was not delivered', 'wasn\'t delivered', 'not been delivered', 'has not yet been delivered', 'did not reach', 'was undeliverable', 'is undeliverable', 'undeliverable (?:mail|message|to)', 'non-deliverable', 'undelivered (?:mail|message)', 'not deliverable',
    'delivery to the following', 'delevery to the following', 'delivery (?:has )?failed', 'failed to deliver', 'failed permanently', 'delivery failure', 'delivery of (?:your|the) (?:mail|message)', 'delivery status notification', 'delivery error', 'delivery attempt', 'trouble delivering', 'problem delivering', 'problems delivering', 'error (?:delivering|while trying to deliver|occurred while (?:trying|sending|deliver))', 'permanent(?: fatal)? errors?', 'fatal errors', 'transcript of session', 'returned to (?:you|sender|the sender)', 'message returned', 'returned mail', 'being returned', 'is returned', 'has been rejected', 'was rejected by', 'rejected by a remote', 'blocked by',
    // gateways, providers
    'error message below', 'failure reasons', 'the following users', 'as their mailbox', 'your message was not', 'not successfully', 'could not be reached', 'couldn\'t be reached', 'could not be sent', 'couldn\'t be sent', 'unable to send', 'could not send', 'can ?not send', 'failed recipient', 'undeliverable address', 'non-delivery report', 'no valid recipients', 'not deliver(?:ed|able) to', 'failed addresses', 'failed address', 'intended recipients?:', 'user mailbox exceeds', 'unknown user', 'unknown local user', 'user unknown', 'no such user', 'invalid (?:final )?delivery', 'account is disabled', 'message was not accepted', 'mail was not accepted', 'recipient.{0,40}rejected', 'you tried to contact', 'not delivered to', 'message from .{1,80} could not', 'mailbox (?:is )?full', 'over quota', 'sending was stopped', 'delayed \\d+ hours', 'will be retried', 'group you tried to',
    // in other languages
    'nicht zugestellt', 'unzustellbar', 'nicht (?:übermittelt|ausgeliefert|erreich)', 'konnte.{0,60}nicht', 'fehler', 'niet (?:worden )?(?:bezorgd|afgeleverd|verzonden)', 'onbestelbaar', 'niet bezorgen', 'n\'a pas pu', 'n\'a pu', 'n\'ont pas', 'non remis', 'n\'a pas été (?:remis|délivré|distribué)', 'non distribu', 'no (?:se )?ha(?:n)? podido', 'no pudo', 'no se pudo', 'no fue entregado', 'non (?:è stato|ha) .{0,20}(?:recapitat|consegnat)', 'impossibile recapitare', 'não (?:pôde|foi|pode)', 'не (?:может быть |было |была |был )?доставлен', 'не удалось доставить', 'недоставлен', 'nie (?:została|mogła|można)', 'nie dostarcz', 'kunne ikke', 'kunde inte', 'inte levereras', 'kan ikke leveres', 'ei voitu', 'nepodařilo (?:se )?doručit', 'nebyla doručena', 'nem sikerült', 'nem kézbesíthető', 'échec de la remise', 'échec de remise', 'kan niet worden', 'delivery problems', 'delivery errors', 'were affected', 'has been delivered to the following', 'no delivery notification was sent', 'teslim edileme', '无法(?:发送|投递|送达|递送)', '退回', '退信', '投递失败', '送信できません', '送信に失敗', '配信できません', '配送できません', '配信不能', '送達できません', 'お届けできません', 'エラーのため', '見つかりません', '보내지 못', '전달되지', '배달되지',
  ].join('|'),
  'iu',
)

/**
 * Where the returned mail begins in a text; what follows is the mail that went out, not the report. Only at the start of a line, with
 * what stands in front of such titles.
 */
export const returnedPart = new RegExp(
  `^[ \\t]*[-=_*# ]{0,80}(?:${[
    'below this line is (?:a|the) copy', 'enclosed is a copy', 'below is a copy', 'this is a copy of (?:the|your) (?:original )?(?:message|headers)', 'included is a copy', 'a copy of (?:the|your) (?:original )?(?:message|mail)', 'here is a copy', 'the (?:header|body|text) of the (?:original )?message', 'the first \\d+ lines', 'message headers? follows?', 'original message(?: header| text| follows|:|\\b)', 'original headers', 'original mail', 'original text', 'unsent (?:message|mail)', 'returned (?:message|mail)', 'undelivered message', 'unsent message', 'message text follows', 'rejected message', 'message header', 'forwarded message', 'begin forwarded', 'begin message', 'header of (?:the )?(?:original|message)', 'headers of the original', 'copy of (?:the )?message', 'your original message', 'contents of the message', 'ursprüngliche nachricht', 'originalnachricht', 'oorspronkelijk bericht', 'message d\'origine', 'message original', 'mensaje original', 'messaggio originale', 'mensagem original', 'исходное сообщение', '原始邮件', '原邮件(?!信息|主题)', '元のメッセージ', '以下は', '元メール',
  ].join('|')})`,
  'imu',
)

/** A text that goes on with somebody's header block has reached the returned mail, titled or not (RFC 5322 section 3.6.7). */
export const returnedHeader = /^(?:Received:[ \t].{0,200}|Return-Path:[ \t]{0,5}<?[^\r\n]{0,200})$/im

/** Automatic answers (RFC 3834 section 5; the rest are older customs). */
export const autoReplySubject = /^(?:auto(?:matic(?:ally)?)?(?:mated)?[- ]?(?:reply|response|generated|antwort|matische? antwo?ord)?:|auto(?:matic|mated)?[- ]?(?:reply|response)|(?:i am |i'm )?out of (?:the )?office|ooo\b|away from|(?:i am |i'm )(?:away|on (?:vacation|holiday|leave))|vacation|on (?:vacation|holiday|leave)|abwesen|automatische|auto-?antwort|afwezig|niet aanwezig|buiten kantoor|réponse automatique|absen(?:t|ce) du bureau|message d'absence|respuesta automática|fuera de (?:la )?oficina|risposta automatica|fuori (?:sede|ufficio)|assenza|resposta automática|ausência|fora do escritório|odpowiedź automatyczna|autoodpowiedź|nieobecn|auto(?:matisk)?t? ?svar|autosvar|frånvaro|fravær|ikke til stede|automaattinen vastaus|poissa|automatická odpověď|nepřítomn|automatikus válasz|otomatik (?:yanıt|cevap)|автоматический ответ|автоответ|нет на (?:месте|работе)|αυτόματη απάντηση|自動(?:応答|返信)|不在(?:通知|届)|自动(?:回复|答复)|自動回覆|外出(?:通知)|자동|부재)/iu
