// The .net language. The token filter (Lines.java) has made separators regular before the parser sees them: a run of new lines and
// semicolons is one SEPARATOR, there is none inside () and [], after an operator, after '{' and before '->', and there is one before
// every '}', before a 'path' that follows one, and at the end of a statement. So every list of statements is
// (statement SEPARATOR)*, which needs no lookahead.
grammar Net;

// One top-level statement.
line : statement SEPARATOR EOF ;

statement
  : network
  | block
  | function
  | layerDefinition
  | imported
  | data
  | train
  | sweep
  | expect
  | binding
  | expression
  ;

network : NET name parameters? (body | ASSIGN pipeline) ;
block : BLOCK name parameters? body ;
parameters : LEFT (parameter (COMMA parameter)* COMMA?)? RIGHT ;
// `input` is what a loss may call the example by.
parameter : (name | INPUT) (ASSIGN expression)? ;
pipeline : step (ARROW step)* ;

body : OPEN stepLine* CLOSE ;
stepLine : step (SEPARATOR | ARROW) ;

step : (name COLON)? stepKind ;
stepKind
  : INPUT expression (OF expression PADDED?)?                             # inputStep
  | EXPECT expression                                                     # expectStep
  | IF expression body (ELSE IF expression body)* (ELSE body)?            # ifStep
  | REPEAT expression (AS name)? body                                     # repeatStep
  | PATH body                                                             # pathStep
  | HEAD name body                                                        # headStep
  | AT name                                                               # readStep
  | name ASSIGN expression                                                # bindStep
  | name (DOT anyName)* (LEFT arguments RIGHT)? body?                     # applyStep
  ;

function : DEF name parameters (ASSIGN expression | OPEN functionLine* CLOSE) ;
functionLine : (unpacking | binding | expression) SEPARATOR ;

layerDefinition : LAYER name parameters? OPEN layerLine* CLOSE ;
layerLine : (weight | state | unpacking | binding | expression) SEPARATOR ;
unpacking : name (COMMA name)+ ASSIGN expression ;
weight : WEIGHT name COLON expression TILDE expression ;
state : STATE name COLON expression ;

imported : IMPORT STRING (AS name)? ;
data : DATA name ASSIGN expression settings? ;
train : TRAIN expression (AGAINST expression)? ON expression settings? ;
settings : OPEN settingLine* CLOSE ;
settingLine : setting SEPARATOR ;
setting : key (ASSIGN expression | settings) ;
sweep : SWEEP expression OPEN sweepLine* CLOSE ;
sweepLine : key (IN | ASSIGN) expression SEPARATOR ;
key : anyName (DOT anyName)* ;

expect : EXPECT expression ;
binding : name ASSIGN (train | expression) ;

expression
  : NUMBER                                                                # number
  | SHAPE                                                                 # shape
  | STRING                                                                # text
  | (TRUE | FALSE)                                                        # flag
  | (name | IN | INPUT)                                                   # reference
  | AT name                                                               # labelled
  | LEFT expression RIGHT                                                 # grouped
  | LEFT_LIST (expression (COMMA expression)* COMMA?)? RIGHT_LIST         # list
  | expression DOT anyName                                                # member
  | expression LEFT arguments RIGHT                                       # call
  | expression LEFT_LIST places RIGHT_LIST                                # cut
  | <assoc = right> expression POWER expression                           # binary
  | MINUS expression                                                      # unary
  | expression (TIMES | OVER | AT | MODULO) expression                    # binary
  | expression (PLUS | MINUS) expression                                  # binary
  | expression (LESS | AT_MOST | GREATER | AT_LEAST | EQUAL | DIFFERENT) expression # binary
  | NOT expression                                                        # unary
  | expression AND expression                                             # binary
  | expression OR expression                                              # binary
  ;
places : from = expression (COLON to = expression?)? | COLON to = expression? ;
arguments : (argument (COMMA argument)* COMMA?)? ;
argument : (anyName ASSIGN)? expression ;

// `of` and `padded` are words of the language behind `input` alone, `against` between two networks that are trained, `state` before a name in a layer.
name : IDENTIFIER | OF | PADDED | AGAINST | STATE ;

// After a dot and before '=' every word is a name: `val.loss`, `from = -4`, `save = ...`.
anyName
  : IDENTIFIER | OF | PADDED | AGAINST | STATE | NET | BLOCK | DEF | LAYER | WEIGHT | IMPORT | AS | DATA | TRAIN | ON | SWEEP | IN | EXPECT | INPUT | IF | ELSE
  | REPEAT | PATH | HEAD
  ;

NET : 'net' ;
BLOCK : 'block' ;
DEF : 'def' ;
LAYER : 'layer' ;
WEIGHT : 'weight' ;
STATE : 'state' ;
IMPORT : 'import' ;
AS : 'as' ;
DATA : 'data' ;
TRAIN : 'train' ;
ON : 'on' ;
AGAINST : 'against' ;
SWEEP : 'sweep' ;
IN : 'in' ;
EXPECT : 'expect' ;
INPUT : 'input' ;
OF : 'of' ;
PADDED : 'padded' ;
IF : 'if' ;
ELSE : 'else' ;
REPEAT : 'repeat' ;
PATH : 'path' ;
HEAD : 'head' ;
TRUE : 'true' ;
FALSE : 'false' ;
AND : 'and' ;
OR : 'or' ;
NOT : 'not' ;

ARROW : '->' ;
ASSIGN : '=' ;
EQUAL : '==' ;
DIFFERENT : '!=' ;
AT_MOST : '<=' ;
AT_LEAST : '>=' ;
LESS : '<' ;
GREATER : '>' ;
PLUS : '+' ;
MINUS : '-' ;
TIMES : '*' ;
OVER : '/' ;
MODULO : '%' ;
POWER : '^' ;
AT : '@' ;
TILDE : '~' ;
COMMA : ',' ;
COLON : ':' ;
DOT : '.' ;
LEFT : '(' ;
RIGHT : ')' ;
LEFT_LIST : '[' ;
RIGHT_LIST : ']' ;
OPEN : '{' ;
CLOSE : '}' ;

SHAPE : DIGIT+ ('x' DIGIT+)+ ;
// Also `.5` and `5.`: a name never begins with a digit, so no point before or after one stands for a member.
NUMBER : (DIGITS ('.' DIGITS?)? | '.' DIGITS) ([eE] [+-]? DIGIT+)? ;
IDENTIFIER : [\p{L}_] [\p{L}\p{M}\p{Nd}_]* ;
STRING : '"' (~["\\\r\n] | '\\' ~[\r\n])* '"' ;
UNCLOSED_STRING : '"' (~["\\\r\n] | '\\' ~[\r\n])* '\\'? ;
SEPARATOR : '\r'? '\n' | '\r' | ';' ;
COMMENT : '#' ~[\r\n]* -> channel(HIDDEN) ;
SPACE : [\p{Zs}\t\uFEFF]+ -> skip ;
UNKNOWN : . ;

fragment DIGIT : [0-9] ;
fragment DIGITS : DIGIT (DIGIT | '_')* ;
