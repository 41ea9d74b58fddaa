package rrlog.core.machine.riscv.isa;

/**
 * Numbers for the instructions, dense and grouped, so that an interpreter can switch over them.
 *
 * <p>Plain constants instead of an enum, because a switch over an enum costs one more load an
 * instruction.
 */
public final class Op {
  // The interpreter's own, not instructions.
  public static final int UNDECODED = 0;
  public static final int NEXT_PAGE = 1;
  public static final int STRADDLES = 2;

  /** Not an instruction either: somebody wants to know before the one here is executed. */
  public static final int MARKED = 0x1ff;

  /** Nor this: the instruction here is an entry of translated code. */
  public static final int TRANSLATED = 0x1fe;

  // RV64I, M and Zba: executed in the interpreter's main switch.
  public static final int LUI = 3;
  public static final int AUIPC = 4;
  public static final int JAL = 5;
  public static final int JALR = 6;
  public static final int BEQ = 7;
  public static final int BNE = 8;
  public static final int BLT = 9;
  public static final int BGE = 10;
  public static final int BLTU = 11;
  public static final int BGEU = 12;
  public static final int LB = 13;
  public static final int LH = 14;
  public static final int LW = 15;
  public static final int LD = 16;
  public static final int LBU = 17;
  public static final int LHU = 18;
  public static final int LWU = 19;
  public static final int SB = 20;
  public static final int SH = 21;
  public static final int SW = 22;
  public static final int SD = 23;
  public static final int ADDI = 24;
  public static final int SLTI = 25;
  public static final int SLTIU = 26;
  public static final int XORI = 27;
  public static final int ORI = 28;
  public static final int ANDI = 29;
  public static final int SLLI = 30;
  public static final int SRLI = 31;
  public static final int SRAI = 32;
  public static final int ADD = 33;
  public static final int SUB = 34;
  public static final int SLL = 35;
  public static final int SLT = 36;
  public static final int SLTU = 37;
  public static final int XOR = 38;
  public static final int SRL = 39;
  public static final int SRA = 40;
  public static final int OR = 41;
  public static final int AND = 42;
  public static final int ADDIW = 43;
  public static final int SLLIW = 44;
  public static final int SRLIW = 45;
  public static final int SRAIW = 46;
  public static final int ADDW = 47;
  public static final int SUBW = 48;
  public static final int SLLW = 49;
  public static final int SRLW = 50;
  public static final int SRAW = 51;
  public static final int FENCE = 52;
  public static final int PAUSE = 53;
  public static final int MUL = 54;
  public static final int MULH = 55;
  public static final int MULHSU = 56;
  public static final int MULHU = 57;
  public static final int DIV = 58;
  public static final int DIVU = 59;
  public static final int REM = 60;
  public static final int REMU = 61;
  public static final int MULW = 62;
  public static final int DIVW = 63;
  public static final int DIVUW = 64;
  public static final int REMW = 65;
  public static final int REMUW = 66;
  public static final int SH1ADD = 67;
  public static final int SH2ADD = 68;
  public static final int SH3ADD = 69;
  public static final int ADD_UW = 70;
  public static final int SH1ADD_UW = 71;
  public static final int SH2ADD_UW = 72;
  public static final int SH3ADD_UW = 73;
  public static final int SLLI_UW = 74;

  /** The first number behind the group above. */
  public static final int HOT_END = 75;

  // Zbb, Zbc, Zbs.
  public static final int ANDN = 75;
  public static final int ORN = 76;
  public static final int XNOR = 77;
  public static final int CLZ = 78;
  public static final int CTZ = 79;
  public static final int CPOP = 80;
  public static final int CLZW = 81;
  public static final int CTZW = 82;

  /** ctzw as QEMU before 10.0 does it; decoding never yields it by itself. */
  public static final int CTZW_BEYOND = 83;

  public static final int CPOPW = 84;
  public static final int MAX = 85;
  public static final int MAXU = 86;
  public static final int MIN = 87;
  public static final int MINU = 88;
  public static final int SEXT_B = 89;
  public static final int SEXT_H = 90;
  public static final int ZEXT_H = 91;
  public static final int ROL = 92;
  public static final int ROR = 93;
  public static final int RORI = 94;
  public static final int ROLW = 95;
  public static final int RORW = 96;
  public static final int RORIW = 97;
  public static final int ORC_B = 98;
  public static final int REV8 = 99;
  public static final int CLMUL = 100;
  public static final int CLMULH = 101;
  public static final int CLMULR = 102;
  public static final int BCLR = 103;
  public static final int BCLRI = 104;
  public static final int BEXT = 105;
  public static final int BEXTI = 106;
  public static final int BINV = 107;
  public static final int BINVI = 108;
  public static final int BSET = 109;
  public static final int BSETI = 110;

  // Zicond, Zbkb, Zbkx.
  public static final int CZERO_EQZ = 111;
  public static final int CZERO_NEZ = 112;
  public static final int PACK = 113;
  public static final int PACKH = 114;
  public static final int PACKW = 115;
  public static final int BREV8 = 116;
  public static final int XPERM4 = 117;
  public static final int XPERM8 = 118;

  /** The first number behind the group above. */
  public static final int BIT_END = 119;

  // A.
  public static final int LR_W = 119;
  public static final int SC_W = 120;
  public static final int AMOSWAP_W = 121;
  public static final int AMOADD_W = 122;
  public static final int AMOXOR_W = 123;
  public static final int AMOAND_W = 124;
  public static final int AMOOR_W = 125;
  public static final int AMOMIN_W = 126;
  public static final int AMOMAX_W = 127;
  public static final int AMOMINU_W = 128;
  public static final int AMOMAXU_W = 129;
  public static final int LR_D = 130;
  public static final int SC_D = 131;
  public static final int AMOSWAP_D = 132;
  public static final int AMOADD_D = 133;
  public static final int AMOXOR_D = 134;
  public static final int AMOAND_D = 135;
  public static final int AMOOR_D = 136;
  public static final int AMOMIN_D = 137;
  public static final int AMOMAX_D = 138;
  public static final int AMOMINU_D = 139;
  public static final int AMOMAXU_D = 140;

  /** The first number behind the group above. */
  public static final int ATOMIC_END = 141;

  // F and D.
  public static final int FLW = 141;
  public static final int FSW = 142;
  public static final int FLD = 143;
  public static final int FSD = 144;
  public static final int FMADD_S = 145;
  public static final int FMSUB_S = 146;
  public static final int FNMSUB_S = 147;
  public static final int FNMADD_S = 148;
  public static final int FADD_S = 149;
  public static final int FSUB_S = 150;
  public static final int FMUL_S = 151;
  public static final int FDIV_S = 152;
  public static final int FSQRT_S = 153;
  public static final int FSGNJ_S = 154;
  public static final int FSGNJN_S = 155;
  public static final int FSGNJX_S = 156;
  public static final int FMIN_S = 157;
  public static final int FMAX_S = 158;
  public static final int FCVT_W_S = 159;
  public static final int FCVT_WU_S = 160;
  public static final int FCVT_L_S = 161;
  public static final int FCVT_LU_S = 162;
  public static final int FMV_X_W = 163;
  public static final int FEQ_S = 164;
  public static final int FLT_S = 165;
  public static final int FLE_S = 166;
  public static final int FCLASS_S = 167;
  public static final int FCVT_S_W = 168;
  public static final int FCVT_S_WU = 169;
  public static final int FCVT_S_L = 170;
  public static final int FCVT_S_LU = 171;
  public static final int FMV_W_X = 172;
  public static final int FMADD_D = 173;
  public static final int FMSUB_D = 174;
  public static final int FNMSUB_D = 175;
  public static final int FNMADD_D = 176;
  public static final int FADD_D = 177;
  public static final int FSUB_D = 178;
  public static final int FMUL_D = 179;
  public static final int FDIV_D = 180;
  public static final int FSQRT_D = 181;
  public static final int FSGNJ_D = 182;
  public static final int FSGNJN_D = 183;
  public static final int FSGNJX_D = 184;
  public static final int FMIN_D = 185;
  public static final int FMAX_D = 186;
  public static final int FCVT_S_D = 187;
  public static final int FCVT_D_S = 188;
  public static final int FEQ_D = 189;
  public static final int FLT_D = 190;
  public static final int FLE_D = 191;
  public static final int FCLASS_D = 192;
  public static final int FCVT_W_D = 193;
  public static final int FCVT_WU_D = 194;
  public static final int FCVT_L_D = 195;
  public static final int FCVT_LU_D = 196;
  public static final int FCVT_D_W = 197;
  public static final int FCVT_D_WU = 198;
  public static final int FCVT_D_L = 199;
  public static final int FCVT_D_LU = 200;
  public static final int FMV_X_D = 201;
  public static final int FMV_D_X = 202;

  // Zfa; first those that write a floating-point register.
  public static final int FLI_S = 203;
  public static final int FMINM_S = 204;
  public static final int FMAXM_S = 205;
  public static final int FROUND_S = 206;
  public static final int FROUNDNX_S = 207;
  public static final int FLI_D = 208;
  public static final int FMINM_D = 209;
  public static final int FMAXM_D = 210;
  public static final int FROUND_D = 211;
  public static final int FROUNDNX_D = 212;
  public static final int FLEQ_S = 213;
  public static final int FLTQ_S = 214;
  public static final int FLEQ_D = 215;
  public static final int FLTQ_D = 216;
  public static final int FCVTMOD_W_D = 217;

  /** The first number behind the group above. */
  public static final int FLOAT_END = 218;

  // Those that may change pc, mode or translation, or trap: executed outside the main loop.
  public static final int ILLEGAL = 218;
  public static final int ECALL = 219;
  public static final int EBREAK = 220;
  public static final int MRET = 221;
  public static final int SRET = 222;
  public static final int WFI = 223;
  public static final int SFENCE_VMA = 224;
  public static final int FENCE_I = 225;
  public static final int CSRRW = 226;
  public static final int CSRRS = 227;
  public static final int CSRRC = 228;
  public static final int CSRRWI = 229;
  public static final int CSRRSI = 230;
  public static final int CSRRCI = 231;

  public static final int HFENCE_VVMA = 232;
  public static final int HFENCE_GVMA = 233;

  // Loads and stores of a virtual machine's memory.
  public static final int HLV_B = 234;
  public static final int HLV_BU = 235;
  public static final int HLV_H = 236;
  public static final int HLV_HU = 237;
  public static final int HLVX_HU = 238;
  public static final int HLV_W = 239;
  public static final int HLV_WU = 240;
  public static final int HLVX_WU = 241;
  public static final int HLV_D = 242;
  public static final int HSV_B = 243;
  public static final int HSV_H = 244;
  public static final int HSV_W = 245;
  public static final int HSV_D = 246;

  // Zicbom, Zicboz, Zawrs.
  public static final int CBO_INVAL = 247;
  public static final int CBO_CLEAN = 248;
  public static final int CBO_FLUSH = 249;
  public static final int CBO_ZERO = 250;
  public static final int WRS_NTO = 251;
  public static final int WRS_STO = 252;

  // Svinval.
  public static final int SINVAL_VMA = 253;
  public static final int SFENCE_W_INVAL = 254;
  public static final int SFENCE_INVAL_IR = 255;
  public static final int HINVAL_VVMA = 256;
  public static final int HINVAL_GVMA = 257;

  /** The first number behind the group above. */
  public static final int SYSTEM_END = 258;

  private Op() {}

  /** Whether the second operand of a Zbb or Zbs instruction is its immediate. */
  public static boolean hasShiftImmediate(int op) {
    return switch (op) {
      case RORI, RORIW, BCLRI, BEXTI, BINVI, BSETI -> true;
      default -> false;
    };
  }

  /** Whether an instruction is one of F, D or Zfa, and so illegal while mstatus.FS is 0. */
  public static boolean isFloat(int op) {
    return op >= ATOMIC_END && op < FLOAT_END;
  }
}
