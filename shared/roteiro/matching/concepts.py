"""Words that ask for the same thing, in pt, en and es: what few examples cannot teach. General language, our list."""

from roteiro.matching.stems import stem

__all__ = ["CONCEPTS", "WORDS"]

# One group a line, named by its first word; "+" goes on with the line above.
_GROUPS = """
cancelar cancelamento cancelo cancela encerrar encerramento desistir desisti rescindir anular cancel
+ terminate close quit discontinue baja
comprar compra comprei adquirir buy bought buying purchase purchases compre compraram
pagar pagamento pago paguei quitar quitacao pay paid payment payments payed paying
cobrar cobranca cobraram cobrado debitar debitado debitaram descontaram charge charged charges deducted
+ debited billed cobro
taxa taxas tarifa encargo comissao anuidade fee fees commission comision tasa surcharge
preco custo custa custar precos cost costs price precio cuesta costo caro barato expensive cheap
boleto fatura carne bill bills invoice factura cobranca mensalidade
conta contas account accounts cuenta acct
dinheiro grana money funds cash dinero plata bufunfa
transferir transferencia transferi transfer transfers transferred pix ted wire
enviar mandar enviei mandei mandou send sent sends sending envio ship shipped mail mailed despachar postar
entrega entregar entregue entregaram delivery deliver delivered frete shipping
chegar chegou chega arrive arrived arrival llegar llego come came
receber recebi recebido receive received receiving recibir recibi
atraso atrasado atrasou atrasada demora demorando demorou delay delayed late tarde lento slow lerdo lenta devagar
pendente pending processando processing aguardando waiting wait esperando esperar espera stuck
perder perdi perdido perdida extraviado extraviou sumiu desapareceu lost lose losing misplaced missing
+ disappeared perdio
roubo roubado roubaram roubada furto furtado furtaram assalto assaltado stolen stole theft robbed robo hurto mugged
falcatrua maracutaia mutreta mamata rolo tramoia negociata esquema desvio desviar desviando desviaram desviado roubo
+ roubalheira roubando roubaram corrupcao corrupto corruptos propina corruption bribe embezzlement
superfaturado superfaturada superfaturamento superfaturaram sobrepreco inflado inflados overpriced overpricing
fraude golpe clonado clonaram suspeito suspeita fraud fraudulent scam suspicious compromised hacked estafa unfamiliar
quebrar quebrado quebrou quebrada rachou estragou estragado danificado danificada broken broke damaged
+ cracked damage roto amassado
defeito defeituoso pifou parou falha falhou falhando erro error fail failed fails failing bug travou travando
+ glitch malfunction
problema problemas problem problems issue issues trouble dificuldade inconveniente encrenca
funcionar funciona funcionando work works working worked function functioning operate sirve
recusar recusado recusada recusou recusaram negado negada negaram decline declined rejected denied refused
+ rejeitado rechazado reject
bloquear bloqueado bloqueada bloqueio bloquearam block blocked lock locked freeze frozen congelar suspender
+ suspenso trancar hold
desbloquear desbloqueio unblock unlock unfreeze liberar destravar
mudar mudanca alterar alteracao trocar troca change changed changing update atualizar modificar edit cambiar
+ switch swap corrigir correct
reembolso reembolsar estorno estornar devolver devolucao devolveram refund refunded reimburse chargeback
+ ressarcimento restituicao return
revertido reverted reversed returned voltou revert cancelado
abrir abertura open opening criar create cadastrar cadastro registrar sign register signup crear inscricao
+ inscrever matricular
ativar ativacao activate activated activation enable habilitar activar ligar
verificar verificacao confirmar confirmacao verify verified verification confirm validate validar comprovar
+ check conferir
identidade identity rg cnh identificacao identification passport passaporte id
documento documentos documentacao document documents papelada papeis paperwork
senha password pin passcode contrasena clave codigo code
esquecer esqueci esquecido forgot forgotten forget lembro olvide
telefone celular phone cellphone mobile fone smartphone aparelho telemovel
endereco address moradia direccion domicilio cep mudei moved moving
agendar agendamento marcar marcacao remarcar reagendar schedule appointment scheduled reschedule cita turno
reservar reserva reservas book booking booked reserve reservation reservations
medico medica doctor doutor doutora physician dentista dentist clinica clinic hospital
exame exames resultado laudo exam examen lab laboratorio
seguro seguros apolice segurado insurance insured policy seguradora
cobertura cobre coverage cover covers covered cubre
sinistro acidente bati bateu batida batemos colisao colidi accident crash collision claim choque choquei
carro veiculo automovel car cars vehicle auto coche caranga
moto motocicleta motorcycle motoca bike bicicleta
guincho reboque rebocar tow grua enguicou enguicado
casa residencia residencial apartamento imovel home house hogar apto lar
aluguel alugar locacao rent rental alquiler inquilino
internet wifi conexao rede network connection modem roteador router banda
plano planos pacote plan package subscription assinatura assinar
aumentar aumento increase raise upgrade higher ampliar subir elevar
diminuir reduzir reducao reduce lower decrease downgrade baixar menor
limite limites limit limits maximum maximo minimum minimo restriction restrictions max
saldo balance saldos
extrato statement historico history transacoes movimentacao movimientos
transacao transaction transactions movimentacao operacao
cartao cartoes card cards tarjeta visa mastercard amex
caixa atm atms cajero machine maquina
sacar saque saquei withdraw withdrawal withdrawals withdrew retirar retirada
depositar deposito depositei deposit deposited
recarga recarregar carregar topup top topping recharge topped
emprestimo emprestimos loan financiamento financiar prestamo hipoteca mortgage financing consignado
juros interest apr interes
parcela parcelas parcelar parcelamento installment prestacao cuota cuotas dividir
vencimento vence vencido vencer venceu due expire expires expired expiration expiring validade prazo deadline
divida negociar renegociar acordo debt owe devo devendo inadimplente deuda atrasadas negativado
desconto discount coupon cupom promo promocao oferta offer voucher abatimento
pontos points rewards milhas miles cashback recompensa recompensas fidelidade
disponivel disponibilidade estoque available stock availability
rastrear rastreio rastreamento acompanhar track tracking status andamento situacao
pedido pedidos encomenda order ordered orders orden produto mercadoria pacote
nota recibo comprovante receipt proof nfe danfe fiscal
garantia warranty guarantee
consertar conserto reparo reparar fix repair manutencao maintenance tecnico technician arreglar arrumar
curso cursos course aula aulas class escola school faculdade turma disciplina
professor teacher docente aluno student estudante
trabalho emprego vaga job salario salary payroll paycheck payday contracheque holerite
ferias vacation pto folga feriado holiday holidays vacaciones
imposto impostos tax taxes impuesto irpf
viagem viajar viajando travel trip traveling travelling viaje vacation
voo voos aviao flight flights plane airline passagem vuelo fly
aeroporto airport aeropuerto
hotel hoteis hospedagem pousada hospedar lodging room quarto
bagagem mala malas luggage baggage suitcase bag equipaje
comida food meal comer eat refeicao prato lanche dish dinner lunch jantar almoco dining
restaurante restaurant restaurants
receita recipe cozinhar cook cooking bake assar
ingrediente ingredientes ingredients ingredient
calorias caloria calories calorie nutrition nutritional nutricional saudavel healthy health
chuva clima weather forecast rain previsao temperatura temperature
musica song songs music playlist cancion tune album
alarme alarm despertador timer cronometro
lembrete lembrar reminder reminders remind recordatorio recuerda
agenda calendario calendar evento event events meeting reuniao meetings
lista list listas
idioma lingua language traduzir translate traducao idiomas
nome name called nombre chamar sobrenome
falar speak talk conversar hablar dizer say
ajuda ajudar help assist assistance ayuda suporte support socorro
atendente humano pessoa person human agent representative gente operador
reclamar reclamacao complaint complain queja insatisfeito denuncia denunciar absurdo
moeda moedas currency currencies dolar dollars euro euros pounds gbp usd yen pesos fiat
cambio exchange cotacao conversao conversion convert converter exchanging exchanged
pais paises country countries exterior abroad overseas foreign international estrangeiro internacional
repetido duplicado duplicada duplicidade duas twice duplicate double doble multiple dobro
errado errada errei wrong incorrect incorreto mistake engano equivocado incorrectly erroneo divergente
novo nova new nuevo another outro outra replacement replace substituir substituicao
idade age old edad anos years older
filho filha filhos crianca child children kid kids son daughter dependente bebe minor
esposa marido familia wife husband conjuge beneficiario beneficiary family parente
apagar excluir exclusao remover delete deleted remove erase eliminar clear borrar tirar
adicionar incluir inclusao add include acrescentar agregar adding colocar
mostrar mostra ver visualizar show see view display consultar listar
baixar download imprimir print descargar emitir gerar segunda via
aplicativo app application site website portal sistema plataforma
entrar acessar acesso login log access logar
email emails correio mail gmail
conectar parear sync pair connect link linked linking vincular associar
luz energia electricity power eletrica eletricidade apagao
agua water vazamento leak encanamento vazando
pet cachorro gato dog cat pets animal bicho
morte faleceu obito death died falecimento morreu
remedio medicamento medicine drug farmacia receituario
pneu tire tires wheel pneus
gasolina combustivel gas fuel petrol etanol
longe distance far distancia miles km perto near
caminho directions route map gps navigate rota trajeto
localizacao location located lugar place onde where donde cade
loja store shop tienda unidade agencia filial branch
horario horarios hours funcionamento expediente abre fecha
contrato contratos contract contracts contratacao
licitacao licitacoes bidding pregao edital
gasto gastos despesa despesas spending expense expenses spent torrar torrou torraram torraro gastou gastaram gastando
+ desembolsou spend spends
orgao ministerio agency ministry prefeitura secretaria governo government
anomalia anomalias anomaly irregularidade irregularidades
investigar investigacao investigate apurar apuracao investigue investigando investiguem fiscalizar vasculhar auditar
+ verifiquem apurem investigation
relatorio report relatorios informe pdf planilha
analisar analise analyze analysis avaliar avaliacao review reviews
comparar comparacao compare versus
empresa fornecedor company supplier fornecedores business cnpj firma construtora empreiteira terceirizada proveedor
+ companies suppliers firms proveedores
maior maiores mais ranking top largest biggest highest most mayor mayores lider campeao
janeiro fevereiro marco abril maio junho julho agosto setembro outubro novembro dezembro january february march april
+ june july august september october november december enero febrero mayo junio julio diciembre
quantidade amount valor valores quantia total montante
explicar explica explain significa mean meaning definition
sugerir sugestao suggest suggestion recommend recomendar recomenda suggestions
fonte source origem origin
substituto substitute substitution
urgente urgent urgencia emergencia emergency asap immediately agora
gratis free gratuito gratuita
automatico auto automatic automatically automaticamente recurring recorrente debito
beneficio benefits beneficios vantagem vantagens vale
internar internacao cirurgia surgery procedimento
dor doendo febre sintoma symptom pain machucado feridos hurt
pontuacao score credit nota rating
transito traffic engarrafamento congestion
tamanho size medida medidas numeracao
cor color colour modelo model
desmarcar adiar antecipar remarcar desmarco adiei reagendar transferencia postpone
net internet wifi sinal conexao caiu offline roteador modem rede
lenta lento travando arrastando lerda devagar demora carrega slow lerdo carroca
tecnico instalador visita instalacao instalar technician tecnica vistoria
chip linha numero operadora telefonia sim ramal
portar portabilidade trazer levar migrar trouxe levo trago manter port porting
giga gigas dados franquia pacote megas mega velocidade
levaram roubaram assaltaram furtaram bateram carteira sumiram tomaram ladrao bandido trombadinha assaltante
reconheco reconhecida desconhecida desconheco estranha estranho fui fiz minha
+ indevida indevido unrecognized unknown unauthorized
dividir parcelar parcelado vezes prestacoes parcelamento parcelinhas suaves
emprestado emprestimo credito emprestar consignado grana financiar lend borrow
errada errado enganei engano confundi trocado trocada troquei wrong outra
faltando faltou falta faltaram incompleto incompleta veio vieram missing
apertado apertada largo larga pequeno grande serviu cabe coube justo folgado curto tamanho numeracao fit tight loose
rasgado furado manchado riscado trincado rachado quebrado amassado defeito estragado vazando
liga ligar pifou morreu queimou funciona parou pegar pega
exame sangue ultrassom raio tomografia ressonancia laboratorio hemograma coleta jejum preparo fasting
medico doutor doutora especialista cardiologista dermatologista pediatra ginecologista ortopedista postinho
+ specialist
resultado laudo pronto saiu result results
vidro incendio enchente roubo granizo alagamento raio cobertura coberto cobre
cotacao orcamento simular simulacao simulation quote quanto sairia orcar proposta estimate
guincho reboque pane pneu bateria estrada socorro mecanico chaveiro parado assistencia enguicou
batida bati bateram batemos capotei colidi trombei encostaram amassaram sinistro ralei arranharam porrada
corretor corretora broker seguradora
vencimento segunda via boleto codigo barras linha digitavel fatura duplicate
perdi sumiu extraviei esqueci deixei achei encontro
aniversario nascimento cadastro cadastral cadastrais dados telefone email atualizar
cupom codigo desconto promocao promocional voucher cashback aplicar
nota fiscal danfe nfe cupom comprovante recibo
casa lar predio apartamento ape residencia kitnet sobrado
trampo trabalho servico emprego bico
desistir desisti quero nao mais parar sair tirar cancela encerra
filha filho menino menina guri guria moleque crianca bebe
idoso velho aposentado aposentadoria inss beneficio pension
prefeitura governo federal estado municipio uniao ministerio orgao
obra obras construcao asfalto reforma construction
salario remuneracao servidores servidor funcionario holerite
pagamentos repasse repasses empenho empenhos verba verbas recursos
robo bot robot ai artificial computer machine chatbot maquina assistente assistant program
criou criar made created built programmed developed invented designed creator maker inventor fez
patrao boss employer chefe company owner manager gerente employed
passatempo hobby hobbies fun tempo livre enjoy pastime
piada joke jokes funny laugh humor hilarious comedian
curiosidade fact facts trivia interesting random
oi ola hello hi hey greetings bom dia good morning howdy hola
tchau adeus bye goodbye later farewell adios leaving
obrigado obrigada thanks thank appreciate gracias valeu grateful
sim yes yeah yep true affirmative correct right sure
talvez maybe perhaps unsure possibly quizas uncertain
repetir repeat again over pardon say repita
soletrar spell spelling spelled letters soletra
traduzir translate translation language spanish french italian german english word
volume loud louder quiet quieter sound mute som alto baixo
sotaque accent voice british male female voz
velocidade speed faster slower fast rapid
moeda coin heads tails flip toss cara coroa
dado dice die roll sided
calcular calculate math plus minus times divided square root sum
medida inches feet meters centimeters ounces grams cups tablespoons pounds kilos litros convert conversion
fuso timezone zone
mercado shopping groceries grocery supermercado feira
tarefa tarefas todo task tasks chores
taxi uber ride cab lyft carona motorista driver corrida
transito traffic jam busy congested highway
restaurante restaurant eatery bistro diner food place eat
mesa table reservation reserve dinner booking party
oleo oil lube
bateria battery jump dead charge
pressao pressure psi tire
consumo mpg mileage gallon economy
alugar rental rent hire
vacina vaccine vaccination vaccinations shots immunization
tomada plug socket converter adapter outlet
visto visa permit entry
assento seat seats carry luggage
estraga spoil last bad expire fresh safe old leftover
demora minutes cook long bake boil
substituir substitute instead swap replace alternative
avaliacao review reviews rating ratings good recommended
imposto tax taxes w2 withholding irs form
folga pto vacation leave off time days
aprovado approved request submitted pending status
previdencia 401k retirement pension rollover
roteamento routing aba
agencia banco bank branch chase fargo
cheque checks check checkbook checkbooks cheques
pontuacao score credit rating improve
luzes lights lamp thermostat tv smart door temperature
sincronizar sync pair connect unsync disconnect unlink
chamar call dial phone ring contact
mensagem text message sms texting
encontrar find locate lost misplaced search
compartilhar share send location
trial teste test experimentar testar
queda caiu caindo down instavel oscilando
nao no not never nunca jamais sem without dont doesnt didnt cant cannot isnt wont wasnt hasnt havent wouldnt
+ couldnt arent unable
porque why motivo razao reason
quanto quantos quantas cuanto much many
quando when cuando
quem who quien whose
posso pode consigo podem can could puedo able possible possivel allowed permitido
quero queria want would need gostaria preciso quiero quisiera necesito desejo wanna
"""


_LINES = _GROUPS.replace("\n+", "").strip().splitlines()


def _concepts() -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    for group in _LINES:
        name, *others = group.split()
        for root in dict.fromkeys(stem(word) for word in (name, *others)):
            found.setdefault(root, []).append(name)
    return {root: tuple(names) for root, names in found.items()}


CONCEPTS = _concepts()  # stem -> names of the groups it belongs to
WORDS = frozenset(word for group in _LINES for word in group.split())
