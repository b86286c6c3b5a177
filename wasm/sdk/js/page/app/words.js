// The page's own words. What the cards say is the module's.

const en = {
  lang: "en", otherLang: "fr", switchTo: "Français",
  page: {
    title: "tillwise: what the till shows when Flexiti answers",
    skip: "Skip to the card",
    h1: "What the till shows when Flexiti answers",
    intro: "Pick a reply, or paste one of your own. The card is drawn as the cashier sees it, in both languages, by the module that runs at the till: here, in your browser. Nothing leaves this page.",
    replyHead: "Flexiti’s reply",
    cardHead: "The card",
    cardHint: "Press 1 to 4 on a card, or its buttons, to do what it advises.",
    saleHead: "The sale goes on",
    saleHint: "Choose on the card above, then say what Flexiti answers next.",
    answers: "Flexiti answers this",
    historyHead: "So far",
    undo: "Undo the last step",
    restart: "Start over",
    link: "Copy a link",
    linkPasted: "The link ends before the pasted reply: what you paste stays here.",
    outHead: "What your program gets",
    outIntro: "Act on the decision, show the prompt, keep the sale. The same input gives the same bytes in every language’s package.",
    decision: "Decision", sale: "Sale, to hand back with the next event", event: "The event that was sent", code: "The same in code",
    copy: "Copy", copied: "Copied", selected: "Selected: copy it with your keyboard",
    codeLang: "Language of the code",
    keysHead: "With the keyboard",
    keys: ["Tab goes from the reply to the cards, and on to the sale.", "On a card, 1 to 4 do what its lines say.", "After a choice that calls Flexiti, the next reply has the focus; after a reply, the card has it."],
    footer: "Made-up values only. The page’s clock begins at 14:32 and goes on a minute with each step, so that a link shows everyone the same cards.",
    loading: "Loading the module…",
    failed: "The module did not open, so there are no cards here. Serve this folder by any web server, and open it in a browser of the last three years.",
    error: "The module refused this event:",
    errorNote: "The card shown beside a refusal is the safe one, or the one before.",
  },
  form: {
    mode: "Where the reply comes from", pick: "Pick a reply", paste: "Paste a reply",
    operation: "Call", reply: "Reply", status: "HTTP status", amount: "Amount", format: "Format", auto_capture: "Auto capture",
    body: "The reply as it came", bodyHint: "All of it, with status line and headers, or only the body. It stays in this page: not in the address, not in a store.",
  },
  groups: { customer: "Customer", money: "Payments", checks: "Checks", setup: "Setting up" },
  operations: {
    search: "find a customer", lookup: "look up an account", calculate_interest: "plans", verify: "verify the customer", apply: "application", close: "close an account",
    authorization: "purchase", capture: "capture a purchase", release: "release an amount", transactions: "payment or deposit", return: "return goods", refund: "refund",
    authorizations: "list purchases", authorization_get: "read one purchase", captures: "list captures",
    token: "sign in", merchants_login: "merchant’s login", i18n: "texts", terms_and_conditions: "terms", drivers_license: "read a licence", widget_init: "start the widget",
  },
  replyGroups: { documented: "Documented for this call", good: "Good answers", none: "No reply", other: "Replies without a known code", any: "Documented for any call" },
  codes: {
    good: "good answer", captured: "found captured", held: "found held", declined: "found declined", ended: "found ended", nothing: "found nothing",
    approved: "approved", pending: "pending", html: "HTML",
  },
  steps: { replied: "Flexiti", chose: "Cashier", pasted: "pasted reply", noReply: "no reply" },
  next: (operation) => `The till now calls ${operation}. What does Flexiti answer?`,
  nextInput: (operation) => `The till asks for something first, then calls ${operation}. What does Flexiti answer?`,
  noNext: "This choice calls nothing. Flexiti can still answer another call in this sale.",
  region: (name) => `${name}, scrollable`,
  card: { en: "Card in English", fr: "Card in French" },
};

const fr = {
  lang: "fr", otherLang: "en", switchTo: "English",
  page: {
    title: "tillwise : ce que montre la caisse quand Flexiti répond",
    skip: "Aller à la carte",
    h1: "Ce que montre la caisse quand Flexiti répond",
    intro: "Choisissez une réponse de Flexiti, ou collez-en une. La carte s’affiche comme à la caisse, dans les deux langues, par le module même de la caisse : ici, dans votre navigateur. Rien ne quitte cette page.",
    replyHead: "La réponse de Flexiti",
    cardHead: "La carte",
    cardHint: "Sur une carte, les touches 1 à 4, ou ses boutons, font ce qu’elle conseille.",
    saleHead: "La vente se poursuit",
    saleHint: "Choisissez sur la carte, puis dites ce que Flexiti répond ensuite.",
    answers: "Flexiti répond ceci",
    historyHead: "Jusqu’ici",
    undo: "Annuler la dernière étape",
    restart: "Recommencer",
    link: "Copier un lien",
    linkPasted: "Le lien s’arrête avant la réponse collée : ce que vous collez reste ici.",
    outHead: "Ce que reçoit votre programme",
    outIntro: "Suivez la décision, montrez la carte, gardez la vente. La même entrée donne les mêmes octets dans chaque langage.",
    decision: "Décision", sale: "Vente, à redonner avec l’événement suivant", event: "L’événement envoyé", code: "La même chose en code",
    copy: "Copier", copied: "Copié", selected: "Sélectionné : copiez avec le clavier",
    codeLang: "Langage du code",
    keysHead: "Au clavier",
    keys: ["La touche Tab va de la réponse aux cartes, puis à la vente.", "Sur une carte, les touches 1 à 4 font ce que disent ses lignes.", "Après un choix qui appelle Flexiti, la réponse suivante est sélectionnée; après une réponse, c’est la carte."],
    footer: "Toutes les valeurs sont inventées. L’horloge de la page part à 14 h 32 et avance d’une minute par étape : un lien montre donc à tous les mêmes cartes.",
    loading: "Chargement du module…",
    failed: "Le module ne s’est pas ouvert : il n’y a pas de carte ici. Servez ce dossier avec un serveur web, et ouvrez-le dans un navigateur des trois dernières années.",
    error: "Le module n’a pas accepté cet événement :",
    errorNote: "La carte affichée avec un refus est la carte de secours, ou la précédente.",
  },
  form: {
    mode: "D’où vient la réponse", pick: "Choisir une réponse", paste: "Coller une réponse",
    operation: "Appel", reply: "Réponse", status: "Code HTTP", amount: "Montant", format: "Format", auto_capture: "Auto capture",
    body: "La réponse telle que reçue", bodyHint: "Au complet, avec la ligne de statut et les en-têtes, ou le corps seulement. Elle reste dans cette page : ni dans l’adresse, ni ailleurs.",
  },
  groups: { customer: "Client", money: "Paiements", checks: "Vérifications", setup: "Mise en route" },
  operations: {
    search: "trouver un client", lookup: "trouver un compte", calculate_interest: "plans", verify: "vérifier l’identité", apply: "demande de crédit", close: "fermer un compte",
    authorization: "achat", capture: "conclure un achat", release: "libérer un montant", transactions: "paiement ou acompte", return: "retour", refund: "remboursement",
    authorizations: "liste des achats", authorization_get: "lire un achat", captures: "liste des conclusions",
    token: "connexion", merchants_login: "connexion du commerçant", i18n: "textes", terms_and_conditions: "conditions", drivers_license: "lire un permis", widget_init: "ouvrir le widget",
  },
  replyGroups: { documented: "Documentées pour cet appel", good: "Bonnes réponses", none: "Sans réponse", other: "Réponses sans code connu", any: "Documentées pour tout appel" },
  codes: {
    good: "bonne réponse", captured: "trouvé : captured", held: "trouvé : held", declined: "trouvé : declined", ended: "trouvé : ended", nothing: "rien trouvé",
    approved: "approved", pending: "pending", html: "HTML",
  },
  steps: { replied: "Flexiti", chose: "Caisse", pasted: "réponse collée", noReply: "sans réponse" },
  next: (operation) => `La caisse appelle maintenant ${operation}. Que répond Flexiti?`,
  nextInput: (operation) => `La caisse demande d’abord quelque chose, puis appelle ${operation}. Que répond Flexiti?`,
  noNext: "Ce choix n’appelle rien. Flexiti peut encore répondre à un autre appel de cette vente.",
  region: (name) => `${name}, à faire défiler`,
  card: { en: "Carte en anglais", fr: "Carte en français" },
};

// No-break spaces before the colons: they are typed as plain ones above, to be read.
const spaced = (value) => {
  if (typeof value === "string") return value.replace(/ :/g, "\u00a0:").replace(/(\d) h (\d)/g, "$1\u00a0h\u00a0$2");
  if (Array.isArray(value)) return value.map(spaced);
  if (typeof value === "object") return Object.fromEntries(Object.entries(value).map(([k, v]) => [k, spaced(v)]));
  return value;
};

export const words = { en, fr: spaced(fr) };
